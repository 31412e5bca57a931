package com.funnelseye.messaging.openapi;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a document out. The models say more of themselves than belongs into it, and name some things otherwise.
final class Written {

    private static final int MAX_LINE_CHARS = 120;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(
                    _ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .addMixIn(OpenAPI.class, WholeDocument.class)
            .addMixIn(Components.class, InOrder.class)
            .addMixIn(Operation.class, InOrder.class)
            .addMixIn(Schema.class, Parts.class)
            .addMixIn(Parameter.class, Referring.class)
            .addMixIn(ApiResponse.class, Referring.class)
            .addMixIn(Header.class, Referring.class)
            .addMixIn(Example.class, Referring.class)
            .addMixIn(MediaType.class, InOrder.class)
            .build();

    @JsonPropertyOrder({"openapi", "info", "servers", "tags", "paths", "components"})
    @JsonIgnoreProperties("specVersion")
    private interface WholeDocument {}

    @JsonIgnoreProperties({"exampleSetFlag", "valueSetFlag"})
    @JsonPropertyOrder({
        "name",
        "in",
        "tags",
        "summary",
        "description",
        "operationId",
        "required",
        "schema",
        "parameters",
        "requestBody",
        "responses",
        "security",
        "schemas"
    })
    private interface InOrder {}

    @JsonIgnoreProperties({"exampleSetFlag", "valueSetFlag"})
    private interface Referring extends InOrder {

        @JsonProperty("$ref")
        @Nullable
        String get$ref();
    }

    @JsonIgnoreProperties({"specVersion", "exampleSetFlag", "booleanSchemaValue"})
    @JsonPropertyOrder({"$ref", "type", "format", "description", "default", "enum", "const", "properties", "required"})
    private interface Parts {

        @JsonProperty("$ref")
        @Nullable
        String get$ref();

        @JsonIgnore
        @Nullable
        String getType();

        @JsonProperty("type")
        @Nullable
        Set<String> getTypes();
    }

    private Written() {}

    static JsonNode tree(OpenAPI document) {
        return withPlainTypes(JSON.valueToTree(document));
    }

    static String asJson(JsonNode document) {
        return JSON.writeValueAsString(document);
    }

    static String asYaml(JsonNode document) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(MAX_LINE_CHARS);
        return new Yaml(options).dump(JSON.readValue(asJson(document), Object.class));
    }

    /// A type that is the only one stands by itself, as people write it.
    private static JsonNode withPlainTypes(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type") instanceof ArrayNode types
                && types.size() == 1) {
            object.set("type", types.get(0));
        }
        node.forEach(Written::withPlainTypes);
        return node;
    }
}
