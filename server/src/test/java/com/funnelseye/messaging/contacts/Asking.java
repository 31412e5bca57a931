package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.Given.Person;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks the server as somebody, and keeps the whole answer.
final class Asking {

    private static final JsonMapper JSON = new JsonMapper();

    record Answer(int status, HttpHeaders headers, String text) {
        JsonNode body() {
            return JSON.readTree(text);
        }

        JsonNode data() {
            return body().path("data");
        }

        String at(String pointer) {
            return body().at(pointer).asString("");
        }
    }

    private Asking() {}

    static Answer get(Person who, String path, Object... values) {
        return ask(who, HttpMethod.GET, null, null, path, values);
    }

    static Answer delete(Person who, String path, Object... values) {
        return ask(who, HttpMethod.DELETE, null, null, path, values);
    }

    /// `json` is written with single quotes.
    static Answer post(Person who, String path, String json) {
        return ask(who, HttpMethod.POST, MediaType.APPLICATION_JSON, json.replace('\'', '"'), path);
    }

    static Answer put(Person who, String json, String path, Object... values) {
        return ask(who, HttpMethod.PUT, MediaType.APPLICATION_JSON, json.replace('\'', '"'), path, values);
    }

    static Answer csv(Person who, String path, String csv, Object... values) {
        return csv(who, path, csv.getBytes(StandardCharsets.UTF_8), values);
    }

    static Answer csv(Person who, String path, byte[] csv, Object... values) {
        return ask(who, HttpMethod.POST, MediaType.valueOf("text/csv"), csv, path, values);
    }

    static Answer ask(
            Person who,
            HttpMethod method,
            @Nullable MediaType type,
            @Nullable Object body,
            String path,
            Object... values) {
        var request = who.http().method(method).uri(path, values);
        if (type != null) {
            request.contentType(type);
        }
        if (body != null) {
            request.body(body);
        }
        var result = request.exchange().expectBody(byte[].class).returnResult();
        var bytes = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                result.getResponseHeaders(),
                bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
    }
}
