package com.funnelseye.messaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.contract.Description.Operation;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.springframework.util.StreamUtils;

class DescriptionTest extends ServerTest {

    private static final Path CHECKED_IN = Path.of("..", "docs", "api", "openapi.yaml");

    /// `-Dopenapi=write` writes the document anew.
    @Test
    void the_document_checked_in_is_the_one_the_server_gives() throws IOException {
        var current = fetched("/v3/api-docs.yaml");
        if ("write".equals(System.getProperty("openapi"))) {
            Files.createDirectories(CHECKED_IN.getParent());
            Files.writeString(CHECKED_IN, current);
        }

        assertThat(Files.readString(CHECKED_IN))
                .as("docs/api/openapi.yaml; mvn -pl server -am test -Dtest=DescriptionTest -Dopenapi=write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false brings it up to date")
                .isEqualTo(current);
    }

    @Test
    void every_operation_has_a_name_of_its_own() {
        var seen = new HashSet<String>();

        for (var operation : Contract.descriptionOf(base()).operations()) {
            assertThat(operation.id()).matches("[a-z][A-Za-z]+");
            assertThat(seen.add(operation.id())).as(operation.id()).isTrue();
        }
    }

    @Test
    void every_example_is_one_and_belongs_to_an_operation() throws IOException {
        var description = Contract.descriptionOf(base());
        var names = description.operations().stream().map(Operation::id).toList();

        assertThat(description.operations())
                .allSatisfy(operation -> assertThat(description.violationsOfExamples(operation))
                        .as(operation.id())
                        .isEmpty());
        try (var files = Files.list(Path.of("src", "main", "resources", "openapi", "examples"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .isSubsetOf(names);
        }
    }

    private String base() {
        return "http://localhost:" + port;
    }

    private String fetched(String path) throws IOException {
        try (var stream = URI.create(base() + path).toURL().openStream()) {
            return StreamUtils.copyToString(stream, StandardCharsets.UTF_8);
        }
    }
}
