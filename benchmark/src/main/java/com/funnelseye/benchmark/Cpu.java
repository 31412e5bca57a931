package com.funnelseye.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// CPU seconds that the processes of a run have used, user and system together.
record Cpu(double server, double postgres, double sandbox, double driver) {

    /// Linux counts in hundredths, whatever its own clock.
    private static final double TICKS_PER_SECOND = 100;

    /// Positions in /proc/<pid>/stat behind the process name, which may hold blanks. See proc(5).
    private static final int PARENT = 1;

    private static final int USER = 11;
    private static final int CHILDREN_USER = 13;

    static final Cpu NONE = new Cpu(0, 0, 0, 0);

    Cpu minus(Cpu earlier) {
        return new Cpu(
                server - earlier.server,
                postgres - earlier.postgres,
                sandbox - earlier.sandbox,
                driver - earlier.driver);
    }

    /// For one of `count` operations.
    Cpu per(long count) {
        var each = Math.max(1, count);
        return new Cpu(server / each, postgres / each, sandbox / each, driver / each);
    }

    double total() {
        return server + postgres + sandbox + driver;
    }

    static double of(long pid) {
        var fields = stat(pid);
        return fields.length == 0 ? 0 : sum(fields, USER);
    }

    /// A postmaster with its children, those that ended among them.
    static double ofFamily(long pid) {
        var fields = stat(pid);
        if (fields.length == 0) {
            return 0;
        }
        var children = ProcessHandle.allProcesses()
                .mapToLong(ProcessHandle::pid)
                .filter(other -> parentOf(other) == pid)
                .mapToDouble(Cpu::of)
                .sum();
        return sum(fields, USER) + sum(fields, CHILDREN_USER) + children;
    }

    /// Memory a process holds, in MB.
    static long residentMegabytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc/%d/status".formatted(pid)))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long parentOf(long pid) {
        var fields = stat(pid);
        return fields.length == 0 ? 0 : Long.parseLong(fields[PARENT]);
    }

    private static double sum(String[] fields, int first) {
        return (Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1])) / TICKS_PER_SECOND;
    }

    /// Empty when the process is gone.
    private static String[] stat(long pid) {
        try {
            var line = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException gone) {
            return new String[0];
        }
    }
}
