package com.funnelseye.format;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Palantir's formatter over all modules. It reads Java with the compiler of the JVM it runs in, so it is started in
/// the
/// project's JDK; the formatter plugins for Maven run inside Maven's JVM, which may be too old for the language used
/// here.
final class SourceFormat {

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private SourceFormat() {}

    /// Arguments: `check` or `write`, then the folder of the repository.
    public static void main(String[] args) throws IOException {
        var write = args[0].equals("write");
        var root = Path.of(args[1]);
        var wrong = new ArrayList<Path>();
        for (var source : sourcesBelow(root)) {
            var text = Files.readString(source);
            var formatted = format(source, text);
            if (!formatted.equals(text)) {
                wrong.add(root.relativize(source));
                if (write) {
                    Files.writeString(source, formatted);
                }
            }
        }
        if (!write && !wrong.isEmpty()) {
            System.err.println("Not formatted; `mvn verify -pl format -Dformat=write` does it: " + wrong);
            System.exit(1);
        }
    }

    private static List<Path> sourcesBelow(Path root) throws IOException {
        var sources = new ArrayList<Path>();
        try (var modules = Files.list(root)) {
            for (var module : modules.sorted().toList()) {
                var src = module.resolve("src");
                if (Files.isDirectory(src)) {
                    try (var files = Files.walk(src)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .sorted()
                                .forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    private static String format(Path source, String text) {
        try {
            return FORMATTER.formatSourceAndFixImports(text);
        } catch (FormatterException unreadable) {
            throw new UncheckedIOException(source + " cannot be read", new IOException(unreadable));
        }
    }
}
