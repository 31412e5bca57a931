package com.funnelseye.postgres;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs PostgreSQL's own initdb and pg_ctl to their end.
///
/// @param output what the last one said. A file and not a pipe: on Windows the server inherits a pipe from pg_ctl and
/// would keep it open for ever.
record Programs(Binaries binaries, Account account, Path output) {

    /// Above every timeout that pg_ctl is given itself.
    private static final Duration LIMIT = Duration.ofMinutes(10);

    record Outcome(boolean succeeded, String output) {}

    Outcome run(String program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(binaries.program(program).toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(account.command(command))
                .directory(binaries.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
        environment.put("LC_ALL", "C");
        var succeeded = succeeds(builder.start());
        return new Outcome(succeeded, Files.readString(output, Charset.defaultCharset()));
    }

    private static boolean succeeds(Process process) {
        try {
            if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw interrupted(e);
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static EmbeddedPostgresException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new EmbeddedPostgresException("Waiting for PostgreSQL was interrupted: start again.", cause);
    }
}
