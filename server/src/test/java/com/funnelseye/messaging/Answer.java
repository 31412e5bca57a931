package com.funnelseye.messaging;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.client.RestTestClient.RequestHeadersSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the server answered, for tests that look at more than one field of it.
public record Answer(int status, HttpHeaders headers, String text) {

    private static final JsonMapper JSON = new JsonMapper();

    /// Sends the request.
    public static Answer to(RequestHeadersSpec<?> request) {
        var result = request.exchange().returnResult(String.class);
        var text = result.getResponseBody();
        return new Answer(result.getStatus().value(), result.getResponseHeaders(), text == null ? "" : text);
    }

    public JsonNode body() {
        return JSON.readTree(text);
    }

    public JsonNode data() {
        return body().path("data");
    }
}
