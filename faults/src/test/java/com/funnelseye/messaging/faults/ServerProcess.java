package com.funnelseye.messaging.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One messaging server in a JVM of its own, with nothing of a test inside.
final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5);

    private final String name;
    private final int port;
    private final List<String> settings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private @Nullable Process process;

    ServerProcess(String name, int port, List<String> settings) {
        this.name = name;
        this.port = port;
        this.settings = settings;
    }

    int port() {
        return port;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Returns before it is ready.
    void start() {
        if (process != null) {
            return;
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                Program.classPath(),
                Program.MAIN,
                "--server.port=" + port));
        command.addAll(settings);
        try {
            var log = Files.createDirectories(Path.of("target", "faults")).resolve(name + ".log");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .directory(new File("target"))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Starts it, if need be, and waits until it answers.
    void ensureReady() {
        start();
        var until = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (System.nanoTime() > until || !running().isAlive()) {
                throw new AssertionError(name + " did not start: see target/faults/" + name + ".log");
            }
            Pause.of(Duration.ofMillis(50));
        }
    }

    /// Nothing is finished, nothing is flushed.
    void kill() {
        running().destroyForcibly();
        gone();
    }

    /// As an operator stops it.
    void terminate() {
        running().destroy();
        gone();
    }

    /// Still there, its connections open, and does nothing.
    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        if (process != null) {
            signal("-CONT");
        }
    }

    boolean isUp() {
        return process != null && process.isAlive();
    }

    /// Whether it says it can serve.
    boolean answers() {
        return status("/api/messaging/contacts") == 401;
    }

    /// 0 when there is no answer.
    int status(String path) {
        var request = HttpRequest.newBuilder(url().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException notThere) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        http.close();
    }

    private void gone() {
        try {
            if (!running().waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " does not stop");
            }
            process = null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(running().pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Process running() {
        var running = process;
        if (running == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return running;
    }
}
