package com.funnelseye.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of its own; what it prints goes to a file. It does not outlive this one.
final class Program implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;

    Program(List<String> command, Path log) throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// As `kill -9`: nothing is tidied up.
    void kill() {
        process.destroyForcibly();
        ends();
    }

    @Override
    public void close() {
        process.destroy();
        if (!ends()) {
            kill();
        }
    }

    private boolean ends() {
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
