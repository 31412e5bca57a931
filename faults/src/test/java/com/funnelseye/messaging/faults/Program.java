package com.funnelseye.messaging.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The server as it is shipped. Its jar is taken apart once, because a JVM starts quicker from plain jars. A class path
/// in the place of the jar is used as it is.
final class Program {

    static final String MAIN = "com.funnelseye.messaging.MessagingApplication";

    private static final Path APART = Path.of("target", "server");
    private static final String CLASS_PATH = read(System.getProperty("faults.server", ""));

    private Program() {}

    static String classPath() {
        return CLASS_PATH;
    }

    private static String read(String given) {
        if (!given.endsWith(".jar") || given.contains(":")) {
            return given;
        }
        try {
            clear();
            var extract = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djarmode=tools",
                            "-jar",
                            given,
                            "extract",
                            "--destination",
                            APART.toString())
                    .inheritIO()
                    .start();
            if (!extract.waitFor(60, TimeUnit.SECONDS) || extract.exitValue() != 0) {
                throw new IllegalStateException("the server's jar cannot be taken apart: " + given);
            }
            var apart = APART.toAbsolutePath();
            return apart.resolve(Path.of(given).getFileName()) + ":" + apart.resolve("lib") + "/*";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void clear() throws IOException {
        if (Files.exists(APART)) {
            try (Stream<Path> all = Files.walk(APART)) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
