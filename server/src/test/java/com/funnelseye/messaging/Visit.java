package com.funnelseye.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the API answered: its status and its JSON.
public record Visit(int status, String text) {

    private static final JsonMapper JSON = new JsonMapper();

    public static Visit to(RestTestClient http, HttpMethod method, String path, @Nullable Object body) {
        var request = http.method(method).uri("/api/messaging" + path);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        var result = request.exchange().expectBody(String.class).returnResult();
        var text = result.getResponseBody();
        return new Visit(result.getStatus().value(), text == null ? "{}" : text);
    }

    public static Visit get(Given.Person person, String path) {
        return to(person.http(), HttpMethod.GET, path, null);
    }

    public static Visit post(Given.Person person, String path, Object body) {
        return to(person.http(), HttpMethod.POST, path, body);
    }

    public static Visit put(Given.Person person, String path, Object body) {
        return to(person.http(), HttpMethod.PUT, path, body);
    }

    public static Visit delete(Given.Person person, String path) {
        return to(person.http(), HttpMethod.DELETE, path, null);
    }

    public JsonNode body() {
        return JSON.readTree(text);
    }

    public JsonNode data() {
        return body().path("data");
    }

    /// A value by JSON pointer below `data`, as text.
    public String at(String pointer) {
        return data().at(pointer).asString("");
    }

    public String code() {
        return body().path("code").asString("");
    }

    public String message() {
        return body().path("message").asString("");
    }
}
