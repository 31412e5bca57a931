package com.funnelseye.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a run is told.
///
/// @param server the server's jar, or a class path with `com.funnelseye.messaging.MessagingApplication` in it
/// @param sandbox the sandbox's standalone jar, or a class path with `com.funnelseye.sandbox.SandboxMain` in it
/// @param folder where the database, logs and recordings of this run lie; emptied by nobody
/// @param length of one measurement
/// @param rounds of product and limit; the median counts
/// @param only the scenarios to run; empty for all
/// @param bulkSize recipients of one bulk
/// @param javaOptions more options for the server's JVM
record Arguments(
        String server,
        String sandbox,
        Path folder,
        Duration length,
        int rounds,
        Set<String> only,
        int bulkSize,
        List<String> javaOptions) {

    private static final Set<String> NAMES =
            Set.of("server", "sandbox", "folder", "seconds", "rounds", "only", "bulk-size", "java-options");

    static Arguments of(String[] arguments) {
        var given = given(arguments);
        return new Arguments(
                required(given, "server"),
                required(given, "sandbox"),
                Path.of(required(given, "folder")).toAbsolutePath(),
                Duration.ofSeconds(Long.parseLong(given.getOrDefault("seconds", "15"))),
                Integer.parseInt(given.getOrDefault("rounds", "3")),
                Set.copyOf(words(given.getOrDefault("only", ""), ",")),
                Integer.parseInt(given.getOrDefault("bulk-size", "10000")),
                words(given.getOrDefault("java-options", ""), " "));
    }

    boolean wants(String scenario) {
        return only.isEmpty() || only.contains(scenario);
    }

    private static Map<String, String> given(String[] arguments) {
        var given = new HashMap<String, String>();
        for (var argument : arguments) {
            var parts = argument.split("=", 2);
            var name = parts[0].replaceFirst("^--", "");
            if (parts.length < 2 || !NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "Not an argument: " + argument + ". They are --name=value with " + NAMES);
            }
            given.put(name, parts[1]);
        }
        return given;
    }

    private static String required(Map<String, String> given, String name) {
        var value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + "=… is missing");
        }
        return value;
    }

    private static List<String> words(String text, String separator) {
        var words = new ArrayList<String>();
        for (var word : text.split(separator, -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }
}
