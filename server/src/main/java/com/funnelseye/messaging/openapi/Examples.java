package com.funnelseye.messaging.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/// Summaries and examples of operations, from `openapi/examples/<operation id>.json`.
final class Examples {

    record Texts(
            @Nullable String summary,
            @Nullable Map<String, Object> request,
            @Nullable Map<String, Object> response) {}

    private final JsonMapper json;

    Examples(JsonMapper json) {
        this.json = json;
    }

    void attach(Operation operation) {
        var file = new ClassPathResource("openapi/examples/" + operation.getOperationId() + ".json");
        if (!file.exists()) {
            return;
        }
        var texts = read(file);
        if (texts.summary() != null) {
            operation.summary(texts.summary());
        }
        if (operation.getRequestBody() != null && texts.request() != null) {
            add(operation.getRequestBody().getContent(), texts.request());
        }
        var answer = operation.getResponses().get("200");
        if (answer != null && texts.response() != null) {
            add(answer.getContent(), texts.response());
        }
    }

    private Texts read(ClassPathResource file) {
        try (var stream = file.getInputStream()) {
            return json.readValue(stream, Texts.class);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void add(@Nullable Content content, Map<String, Object> examples) {
        if (content != null) {
            content.values().forEach(kind -> examples.forEach((name, value) -> add(kind, name, value)));
        }
    }

    private static void add(MediaType kind, String name, Object value) {
        kind.addExamples(
                name.replaceAll("\\W+", "-"), new Example().summary(name).value(value));
    }
}
