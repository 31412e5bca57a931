package com.funnelseye.messaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.contract.Description.Operation;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.StreamUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DescriptionTest extends ServerTest {

    private static final String EXAMPLES = "src/main/resources/openapi/examples";
    private static final String MAY_BE_ANYTHING =
            ".*/(clientQuestions|coachQuestions|before|after)/additionalProperties(/anyOf/0)?|.*/Failure/properties/data";
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
        try (var files = Files.list(Path.of(EXAMPLES))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .isSubsetOf(names);
        }
    }

    @Test
    void every_operation_says_what_it_does_and_shows_it() {
        assertThat(Contract.descriptionOf(base()).operations()).allSatisfy(operation -> {
            var node = operation.node();
            assertThat(Path.of(EXAMPLES, operation.id() + ".json")).exists();
            assertThat(node.path("summary").asString("")).isNotBlank().hasSizeLessThan(100);
            for (var body : List.of("/requestBody/content/application~1json", "/responses/200/content/application~1json")) {
                if (!node.at(body).isMissingNode()) {
                    assertThat(node.at(body + "/examples")).as(operation.id() + body).isNotEmpty();
                }
            }
            for (var parameter : node.path("parameters")) {
                assertThat(parameter.path("description").asString(""))
                        .as("openapi/parameters.json: %s.%s", operation.id(), parameter.path("name"))
                        .isNotBlank();
            }
        });
    }

    /// Only answers to a lead's questions and what a failure adds may be anything.
    @Test
    void no_schema_is_left_open() throws IOException {
        var document = new JsonMapper().readTree(fetched("/v3/api-docs"));

        assertThat(openIn(document, "")).allMatch(path -> path.matches(MAY_BE_ANYTHING));
        assertThat(document.at("/components/schemas")).hasSizeGreaterThan(50);
    }

    private static List<String> openIn(JsonNode node, String path) {
        var found = new ArrayList<String>();
        node.forEachEntry((name, part) -> {
            if (Set.of("schema", "items", "additionalProperties").contains(name) || path.endsWith("/properties")) {
                if (part.isObject() && part.isEmpty()) {
                    found.add(path + "/" + name);
                }
            }
            found.addAll(openIn(part, path + "/" + name));
        });
        return found;
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
