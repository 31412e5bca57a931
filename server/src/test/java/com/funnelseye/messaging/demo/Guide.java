package com.funnelseye.messaging.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// A page of `docs/api`: its headings and its fenced blocks, in order.
record Guide(List<Part> parts) {

    /// @param language what follows the three backticks; empty for a heading
    /// @param text of the block, or the heading without its signs
    record Part(String language, String text) {

        boolean isHeading() {
            return language.isEmpty();
        }

        boolean is(String other) {
            return language.equals(other);
        }
    }

    static final Path FOLDER = Path.of("..", "docs", "api").toAbsolutePath().normalize();

    private static final Pattern PART = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$|^#+ ([^\\n]*)$");

    static Guide named(String name) {
        try {
            var text = Files.readString(FOLDER.resolve(name));
            return new Guide(PART.matcher(text)
                    .results()
                    .map(found -> found.group(1) == null
                            ? new Part("", found.group(3))
                            : new Part(found.group(1), found.group(2)))
                    .toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<String> headings() {
        return parts.stream().filter(Part::isHeading).map(Part::text).toList();
    }

    List<String> blocks(String language) {
        return parts.stream().filter(part -> part.is(language)).map(Part::text).toList();
    }
}
