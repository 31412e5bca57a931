package com.funnelseye.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls the sandbox as the product does: over HTTP.
final class GraphClient implements AutoCloseable {

    record Answer(int status, String text, HttpResponse<String> response) {

        JsonNode json() {
            return Json.parse(text);
        }

        int code() {
            return json().at("/error/code").asInt(-1);
        }

        String wamid() {
            return json().at("/messages/0/id").asString("");
        }
    }

    private final Sandbox sandbox;
    private final HttpClient http = HttpClient.newHttpClient();
    private Duration patience = Duration.ofSeconds(10);

    GraphClient(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    GraphClient patience(Duration patience) {
        this.patience = patience;
        return this;
    }

    static ObjectNode text(String to, String body) {
        var message =
                Json.object().put("messaging_product", "whatsapp").put("to", to).put("type", "text");
        message.putObject("text").put("body", body);
        return message;
    }

    Answer send(String to, String body) throws IOException, InterruptedException {
        return post(text(to, body).toString());
    }

    Answer post(String body) throws IOException, InterruptedException {
        var options = sandbox.options();
        return call("POST", "/v25.0/" + options.phoneNumberId() + "/messages", body, "Bearer " + options.accessToken());
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, null, "Bearer " + sandbox.options().accessToken());
    }

    Answer call(String method, String path, @Nullable String body, @Nullable String authorization, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .timeout(patience)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        for (var at = 0; at < headers.length; at += 2) {
            request.setHeader(headers[at], headers[at + 1]);
        }
        var response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
