package com.funnelseye.messaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/// That `openapi/codes.json` says what each code means that the sources refuse with.
class CodesTest {

    private static final Pattern GIVEN = Pattern.compile("(?:HttpStatus\\.\\w+,\\s*|super\\()\"([A-Z][A-Z0-9_]+)\"");
    private static final Pattern NOT_FOUND = Pattern.compile("notFound\\(\"([A-Za-z ]+)\"\\)");

    @Test
    void every_code_has_its_meaning() throws IOException {
        var codes = new TreeSet<String>();
        try (var sources = Files.walk(Path.of("src", "main", "java"))) {
            sources.filter(path -> path.toString().endsWith(".java"))
                    .flatMap(CodesTest::codesIn)
                    .forEach(codes::add);
        }

        try (var stream = new ClassPathResource("openapi/codes.json").getInputStream()) {
            var explained = new JsonMapper().readTree(stream).propertyNames();
            assertThat(codes).hasSizeGreaterThan(10);
            assertThat(explained).as("openapi/codes.json").containsAll(codes);
        }
    }

    private static Stream<String> codesIn(Path source) {
        try {
            var text = Files.readString(source);
            return Stream.concat(
                    GIVEN.matcher(text).results().map(found -> found.group(1)),
                    NOT_FOUND.matcher(text).results().map(found -> codeOf(found.group(1))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String codeOf(String what) {
        return what.toUpperCase(Locale.ROOT).replace(' ', '_') + "_NOT_FOUND";
    }
}
