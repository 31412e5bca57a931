package com.funnelseye.messaging.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the API, as patient as clients are.
final class Api {

    static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /// @param status 0 when there was no answer
    record Answer(int status, JsonNode body) {

        static final Answer NONE = new Answer(0, JSON.createObjectNode());

        boolean isAcknowledged() {
            return status == 200 || status == 202;
        }

        JsonNode data() {
            return body.path("data");
        }

        UUID messageId() {
            return UUID.fromString(data().path("messageId").asString());
        }

        String shown() {
            return data().path("status").asString("");
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final @Nullable String token;

    private Api(@Nullable String token) {
        this.token = token;
    }

    static Api login(URI server, String email, String password) {
        var answer = new Api(null)
                .call(server, "POST", "/api/auth/login", Map.of(), Map.of("email", email, "password", password));
        if (answer.status() != 200) {
            throw new AssertionError("login of %s: %s".formatted(email, answer));
        }
        return new Api(answer.data().path("token").asString());
    }

    Answer get(URI server, String path) {
        return call(server, "GET", path, Map.of(), null);
    }

    Answer post(URI server, String path, Object body) {
        return call(server, "POST", path, Map.of(), body);
    }

    Answer call(URI server, String method, String path, Map<String, String> headers, @Nullable Object body) {
        var request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        request.header("Content-Type", "application/json");
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), read(answer.body()));
        } catch (IOException lost) {
            return Answer.NONE;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Answer.NONE;
        }
    }

    private static JsonNode read(byte[] body) {
        return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    }
}
