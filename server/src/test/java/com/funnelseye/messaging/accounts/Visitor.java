package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.contract.Contract;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Someone at the public door, with a token or without.
record Visitor(int port, @Nullable String token) {

    private static final JsonMapper JSON = new JsonMapper();

    /// The JDK's client: Apache's would wait out a Retry-After by itself.
    private static final RestTestClient CLIENT = RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
            .requestInterceptor(new Contract())
            .build();

    /// What came back.
    record Answer(int status, org.springframework.http.HttpHeaders headers, String text) {
        JsonNode body() {
            return JSON.readTree(text);
        }

        JsonNode data() {
            return body().path("data");
        }

        String code() {
            return body().path("code").asString("");
        }
    }

    static Visitor at(int port) {
        return new Visitor(port, null);
    }

    Visitor with(@Nullable String token) {
        return new Visitor(port, token);
    }

    /// The same visitor, logged in.
    Visitor as(String email, String password) {
        return with(login(email, password).data().path("token").asString());
    }

    Answer login(String email, String password) {
        return post("/api/auth/login", Map.of("email", email, "password", password));
    }

    Answer get(String path) {
        return send(HttpMethod.GET, path, null);
    }

    Answer post(String path, Object body) {
        return send(HttpMethod.POST, path, body);
    }

    Answer put(String path, Object body) {
        return send(HttpMethod.PUT, path, body);
    }

    Answer send(HttpMethod method, String path, @Nullable Object body) {
        var request = CLIENT.method(method).uri(URI.create("http://localhost:" + port + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        var result = request.exchange().expectBody(String.class).returnResult();
        var text = result.getResponseBody();
        return new Answer(result.getStatus().value(), result.getResponseHeaders(), text == null ? "" : text);
    }
}
