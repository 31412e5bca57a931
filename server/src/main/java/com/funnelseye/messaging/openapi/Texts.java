package com.funnelseye.messaging.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What is said in words and in one place: of codes, of parameters and of features.
final class Texts {

    private final JsonMapper json;

    Texts(JsonMapper json) {
        this.json = json;
    }

    /// Name of a parameter, or `operation.name` where it means something else → what it does.
    Map<String, String> parameters() {
        return read("parameters");
    }

    /// Feature → what its operations are about.
    Map<String, String> tags() {
        return read("tags");
    }

    /// What holds for every operation.
    String introduction() {
        return """
            WhatsApp messaging for coaches. Successful answers are `{success, message?, data}`, all others a `Failure` \
            with a stable `code`.

            - **Ids** are opaque texts. One that names nothing the caller may see is answered 404, whatever its shape.
            - **Times** are ISO 8601 in UTC with milliseconds.
            - **Lists** come in pages: `page` from 1, `limit` up to 200. `pagination.total` is exact; with \
            `capped: true` there are at least so many rows.
            - **Unknown fields** of a request are ignored. A field is required where its schema says so; `null` means \
            the same as leaving it out, unless said.
            - **Rates** are limited: 429 with `Retry-After` in seconds.
            - **Every answer** carries `X-Request-Id`.
            """;
    }

    /// The stable names of failures clients branch on, each with its meaning.
    void addCodesTo(Schema<?> failure) {
        var meanings = read("codes");
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

    private Map<String, String> read(String name) {
        try (var stream = new ClassPathResource("openapi/" + name + ".json").getInputStream()) {
            return json.readValue(stream, new TypeReference<TreeMap<String, String>>() {});
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
