package com.funnelseye.messaging.http;

import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The stable names of failures clients branch on, each with its meaning, from `openapi/codes.json`.
final class Codes {

    private final Map<String, String> meanings;

    Codes(JsonMapper json) {
        try (var stream = new ClassPathResource("openapi/codes.json").getInputStream()) {
            meanings = json.readValue(stream, new TypeReference<TreeMap<String, String>>() {});
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void addTo(Schema<?> failure) {
        var code = SimpleShapes.typed("string");
        meanings.keySet().forEach(code::addEnumItemObject);
        code.setDescription(meanings.entrySet().stream()
                .map(entry -> "- `%s`: %s".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n")));
        failure.addProperty("code", code);
        var success = SimpleShapes.typed("boolean");
        success.setConst(false);
        failure.addProperty("success", success);
    }
}
