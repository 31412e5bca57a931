package com.funnelseye.postgres;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The processes that run from a folder's binaries. Only these are ever signalled: a process id found in a file may
/// long belong to somebody else.
record Processes(Path folder) {

    /// Children of a killed postmaster notice within milliseconds, unless the machine is very busy.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(20);

    /// False also for a zombie, which has no command any more. Both are asked: in containers root may not read another
    /// user's executable, and the command line is missing on Windows and of children that renamed themselves.
    boolean includes(ProcessHandle process) {
        var program = process.info();
        return Stream.of(program.command(), program.commandLine())
                .flatMap(Optional::stream)
                .anyMatch(command -> command.startsWith(folder + File.separator + Binaries.PREFIX));
    }

    /// Waits until none is left, and kills those that stay: they hold the shared memory a new server needs.
    void end() {
        if (!areGoneWithin(GRACE)) {
            running().forEach(ProcessHandle::destroyForcibly);
            areGoneWithin(GRACE);
        }
    }

    private List<ProcessHandle> running() {
        return ProcessHandle.allProcesses().filter(this::includes).toList();
    }

    private boolean areGoneWithin(Duration time) {
        var deadline = System.nanoTime() + time.toNanos();
        while (!running().isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Programs.pause(POLL);
        }
        return true;
    }
}
