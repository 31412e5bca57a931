package com.funnelseye.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// PostgreSQL's data directory, and the server that runs on it.
///
/// The server is started by pg_ctl rather than as a child of this JVM: on every platform that puts it into a session
/// of its own, so Ctrl+C in the terminal reaches only the JVM, which then stops it in its own order.
final class Cluster {

    static final String DIRECTORY = "data";

    /// initdb's --locale=C alone would do for PostgreSQL, but pg_trgm asks the C library what a letter is, and in "C"
    /// only ASCII is: no Hindi name would ever be found. C.UTF-8 is part of glibc and musl; macOS says UTF-8.
    private static final List<String> CTYPES = List.of("C.UTF-8", "UTF-8", "C");

    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "fsync", "on",
            "full_page_writes", "on",
            "synchronous_commit", "on",
            "lc_messages", "C",
            "timezone", "UTC",
            "log_timezone", "UTC");

    /// Recovery after a crash reads at most max_wal_size (1 GB) of log.
    private static final String START_LIMIT_SECONDS = "300";

    private static final String STOP_LIMIT_SECONDS = "60";
    private static final String SHARED_MEMORY_REFUSAL = "pre-existing shared memory block";
    private static final Duration SHARED_MEMORY_LIMIT = Duration.ofSeconds(10);
    private static final Duration SHARED_MEMORY_PAUSE = Duration.ofMillis(250);

    private final Path folder;
    private final Path directory;
    private final Programs programs;
    private final Processes processes;
    private final ServerLog log;
    private volatile long pid;

    Cluster(Path folder, Programs programs) {
        this.folder = folder;
        this.directory = folder.resolve(DIRECTORY);
        this.programs = programs;
        this.processes = new Processes(folder);
        this.log = new ServerLog(folder.resolve("postgres.log"));
    }

    /// Made under another name and renamed, so an initdb that was cut short leaves nothing that looks finished.
    void createUnlessThere(Password password) throws IOException {
        if (Files.exists(directory)) {
            return;
        }
        var unfinished = folder.resolve("initdb");
        for (var ctype : CTYPES) {
            Folders.delete(unfinished);
            var outcome = initdb(unfinished, password, ctype);
            if (outcome.succeeded()) {
                Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
            if (!outcome.output().contains("invalid locale name")) {
                throw EmbeddedPostgresException.refused(
                        folder, "PostgreSQL could not make its database: repair what initdb says.", outcome.output());
            }
        }
        throw new EmbeddedPostgresException("This machine's C library lacks even the locale C: reinstall it.");
    }

    private Programs.Outcome initdb(Path target, Password password, String ctype) throws IOException {
        return programs.run(
                "initdb",
                List.of(
                        "--pgdata=" + target,
                        "--username=" + Databases.USERNAME,
                        "--pwfile=" + password.file(),
                        "--auth-host=scram-sha-256",
                        "--auth-local=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--lc-ctype=" + ctype,
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--data-checksums",
                        "--no-instructions"));
    }

    void configure(Map<String, String> settings) throws IOException {
        var all = new LinkedHashMap<>(SETTINGS);
        all.putAll(settings);
        var lines = all.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + escaped(setting.getValue()) + "'\n")
                .sorted()
                .collect(Collectors.joining());
        Files.writeString(directory.resolve("postgresql.conf"), "# Written anew at each start.\n" + lines);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("'", "''");
    }

    /// Starts the server, after ending whatever an earlier one left behind. Children of a killed server keep its shared
    /// memory for a moment, and where not all of them can be seen, PostgreSQL's refusal is the only sign of it.
    void start(int port) throws IOException {
        var deadline = System.nanoTime() + SHARED_MEMORY_LIMIT.toNanos();
        while (true) {
            stop();
            log.trim();
            var outcome = programs.run("pg_ctl", startArguments(port));
            var postmaster = postmaster();
            if (outcome.succeeded() && postmaster.isPresent()) {
                pid = postmaster.get().pid();
                return;
            }
            if (!log.lastLines().contains(SHARED_MEMORY_REFUSAL) || System.nanoTime() - deadline > 0) {
                stop();
                throw EmbeddedPostgresException.refused(
                        folder,
                        "PostgreSQL did not start: repair what the end of its log %s says.".formatted(log.file()),
                        outcome.output() + log.lastLines());
            }
            Programs.pause(SHARED_MEMORY_PAUSE);
        }
    }

    private List<String> startArguments(int port) {
        return List.of(
                "start",
                "--wait",
                "--silent",
                "--timeout=" + START_LIMIT_SECONDS,
                "--pgdata=" + directory,
                "--log=" + log.file(),
                "--options=-p " + port);
    }

    boolean isRunning() {
        return ProcessHandle.of(pid).filter(processes::includes).isPresent();
    }

    /// Read from PostgreSQL's own file, which is there before it answers: after a restart a client may be back sooner
    /// than [#start(int)].
    long pid() {
        try {
            return postmaster().map(ProcessHandle::pid).orElse(pid);
        } catch (IOException unreadable) {
            return pid;
        }
    }

    ServerLog log() {
        return log;
    }

    /// Stops whatever runs on this directory, whoever started it. postmaster.pid goes too: after a power cut its
    /// process id may be anybody's, and PostgreSQL would then refuse to start.
    void stop() throws IOException {
        for (var mode : List.of("fast", "immediate")) {
            if (postmaster().isPresent()) {
                programs.run(
                        "pg_ctl",
                        List.of(
                                "stop",
                                "--wait",
                                "--silent",
                                "--timeout=" + STOP_LIMIT_SECONDS,
                                "--pgdata=" + directory,
                                "--mode=" + mode));
            }
        }
        processes.end();
        Files.deleteIfExists(directory.resolve("postmaster.pid"));
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        var file = directory.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .filter(line -> line.matches("\\d{1,10}"))
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
                    .filter(processes::includes);
        }
    }
}
