package com.funnelseye.messaging.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An OpenAPI 3.1 document, and whether an exchange keeps to it. Answers are read strictly: a key the document does not
/// know is a violation too.
final class Description {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FAILURE = "{\"$ref\":\"#/components/schemas/Failure\"}";

    private enum Side {
        REQUEST,
        ANSWER
    }

    /// A request and its answer.
    record Exchange(
            String method,
            String path,
            String requestType,
            String request,
            int status,
            String requestId,
            String answerType,
            String answer) {}

    /// One endpoint of the document.
    record Operation(String id, String method, String template, Pattern path, JsonNode node) {
        boolean fits(String wantedMethod, String wantedPath) {
            return method.equals(wantedMethod) && path.matcher(wantedPath).matches();
        }
    }

    private final JsonNode document;
    private final List<Operation> operations;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    Description(String document) {
        this.document = JSON.readTree(document);
        this.operations = operationsOf(this.document);
    }

    List<Operation> operations() {
        return operations;
    }

    /// The endpoint a path belongs to; a literal path goes before one with variables.
    Optional<Operation> operation(String method, String path) {
        return operations.stream()
                .filter(one -> one.fits(method, path))
                .min(Comparator.comparingInt(one -> one.template().split("\\{", -1).length));
    }

    /// The schema of an operation's JSON body, with references followed once; missing when it takes none.
    JsonNode requestOf(Operation operation) {
        return resolve(operation.node().at("/requestBody/content/application~1json/schema"));
    }

    /// What is wrong with an exchange; nothing when all is as described.
    List<String> violations(Exchange exchange) {
        var found = new ArrayList<String>();
        if (exchange.requestId().isEmpty()) {
            found.add("the answer has no X-Request-Id");
        }
        operation(exchange.method(), exchange.path())
                .ifPresentOrElse(operation -> check(operation, exchange, found), () -> checkUnknown(exchange, found));
        return found;
    }

    /// What is wrong with the examples an operation shows.
    List<String> violationsOfExamples(Operation operation) {
        var found = new ArrayList<String>();
        var request = operation.node().at("/requestBody/content/application~1json");
        var answer = operation.node().at("/responses/200/content/application~1json");
        for (var example : request.path("examples")) {
            check(Side.REQUEST, example.path("value").toString(), request.path("schema"), found);
        }
        for (var example : answer.path("examples")) {
            check(Side.ANSWER, example.path("value").toString(), answer.path("schema"), found);
        }
        return found;
    }

    private void check(Operation operation, Exchange exchange, List<String> found) {
        var response = resolve(operation.node().path("responses").path(Integer.toString(exchange.status())));
        if (response.isMissingNode()) {
            found.add("%s does not answer %d".formatted(operation.id(), exchange.status()));
            return;
        }
        var kinds = response.path("content");
        if (isJson(exchange.answerType())) {
            check(Side.ANSWER, exchange.answer(), kinds.path("application/json").path("schema"), found);
        } else if (kinds.has("application/json")) {
            found.add("%s answers %s instead of JSON".formatted(operation.id(), exchange.answerType()));
        }
        if (exchange.status() < 300 && isJson(exchange.requestType())) {
            var body = operation.node().path("requestBody").path("content").path("application/json");
            var optional = !operation.node().at("/requestBody/required").asBoolean(false);
            if (!body.isMissingNode() && !(optional && exchange.request().isBlank())) {
                check(Side.REQUEST, exchange.request().replaceFirst("^\uFEFF", ""), body.path("schema"), found);
            }
        }
    }

    private void checkUnknown(Exchange exchange, List<String> found) {
        if (exchange.status() < 400) {
            found.add("%s %s is not described".formatted(exchange.method(), exchange.path()));
        } else if (isJson(exchange.answerType())) {
            check(Side.ANSWER, exchange.answer(), JSON.readTree(FAILURE), found);
        }
    }

    private void check(Side side, String text, JsonNode schema, List<String> found) {
        if (schema.isMissingNode()) {
            found.add(side + " is JSON, which is not described");
            return;
        }
        try {
            schemas
                    .computeIfAbsent(side + schema.toString(), _ -> compiled(side, schema))
                    .validate(JSON.readTree(text))
                    .stream()
                    .map(error -> side + " " + error.getInstanceLocation() + " " + error.getMessage())
                    .limit(10)
                    .forEach(found::add);
        } catch (JacksonException notJson) {
            found.add(side + " is not JSON");
        }
    }

    private Schema compiled(Side side, JsonNode schema) {
        var copy = (ObjectNode) schema.deepCopy();
        copy.set("components", document.path("components").deepCopy());
        return registry.getSchema(side == Side.ANSWER ? closed(copy) : copy);
    }

    /// Every object with named properties has no others.
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && object.has("type")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Description::closed);
        return node;
    }

    JsonNode resolve(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private static boolean isJson(String type) {
        return type.startsWith("application/json");
    }

    private static List<Operation> operationsOf(JsonNode document) {
        var operations = new ArrayList<Operation>();
        document.path("paths")
                .forEachEntry((template, methods) -> methods.forEachEntry((method, node) -> {
                    var path = Pattern.compile(template.replaceAll("\\{[^}]+}", "[^/]*"));
                    var id = node.path("operationId").asString("");
                    operations.add(new Operation(id, method.toUpperCase(Locale.ROOT), template, path, node));
                }));
        return List.copyOf(operations);
    }
}
