package com.funnelseye.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The other end of the webhooks: remembers what comes, and answers 200 unless told otherwise.
final class Receiver implements AutoCloseable {

    /// @param body each byte as one character
    record Received(
            String method, @Nullable String query, @Nullable String signature, String body) {

        JsonNode value() {
            return Json.parse(body).at("/entry/0/changes/0/value");
        }

        String about() {
            var status = value().at("/statuses/0/status").asString("");
            return status.isEmpty() ? value().at("/messages/0/text/body").asString("") : status;
        }
    }

    private final HttpServer server;
    private final String verifyToken;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Queue<Integer> answers = new ArrayDeque<>();

    private Receiver(HttpServer server, String verifyToken) {
        this.server = server;
        this.verifyToken = verifyToken;
    }

    static Receiver open(String verifyToken) {
        return open(verifyToken, 0);
    }

    static Receiver open(String verifyToken, int port) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            var receiver = new Receiver(server, verifyToken);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/webhook", receiver::receive);
            server.start();
            return receiver;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhook");
    }

    /// The next POSTs are answered with these, then again with 200.
    void answerNext(int... statuses) {
        synchronized (answers) {
            for (var status : statuses) {
                answers.add(status);
            }
        }
    }

    Received next() throws InterruptedException {
        var next = received.poll(5, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("No webhook came within 5 s");
        }
        return next;
    }

    int waiting() {
        return received.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            var query = exchange.getRequestURI().getQuery();
            var signature = exchange.getRequestHeaders().getFirst("X-Hub-Signature-256");
            received.add(new Received(exchange.getRequestMethod(), query, signature, body));
            var get = exchange.getRequestMethod().equals("GET");
            var answer = get ? challenge(query) : "";
            exchange.sendResponseHeaders(
                    get ? (answer.isEmpty() ? 403 : 200) : nextAnswer(), answer.isEmpty() ? -1 : 0);
            if (!answer.isEmpty()) {
                exchange.getResponseBody().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private int nextAnswer() {
        synchronized (answers) {
            var answer = answers.poll();
            return answer == null ? 200 : answer;
        }
    }

    private String challenge(@Nullable String query) {
        var asked = query == null ? "" : query;
        return asked.contains("hub.mode=subscribe") && asked.contains("hub.verify_token=" + verifyToken)
                ? asked.replaceFirst(".*hub\\.challenge=([0-9]+).*", "$1")
                : "";
    }
}
