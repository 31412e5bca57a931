package com.funnelseye.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server's HTTP door, with as many kept-alive connections as calls are made at once.
final class Door {

    /// The server answered something else than the benchmark needs.
    static final class Unexpected extends RuntimeException {
        Unexpected(String what) {
            super(what);
        }
    }

    /// Servers close connections that have been quiet for ten seconds or more.
    private static final long FRESH_NANOS = 5_000_000_000L;

    private record Idle(Wire wire, long since) {}

    private static final JsonMapper JSON = new JsonMapper();

    private final int port;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();

    Door(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    /// The server behind the door has gone: old connections are of no use.
    void hangUp() {
        idle.clear();
    }

    static byte[] json(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    static String bearer(String token) {
        return "Authorization: Bearer %s\r\n".formatted(token);
    }

    /// Any answer at all.
    Wire.Answer exchange(byte[] request) throws IOException {
        var known = idle.pollFirst();
        var wire = known == null || System.nanoTime() - known.since() > FRESH_NANOS ? new Wire(port) : known.wire();
        try {
            var answer = wire.exchange(request);
            if (wire.isOver()) {
                wire.close();
            } else {
                idle.addFirst(new Idle(wire, System.nanoTime()));
            }
            return answer;
        } catch (IOException | RuntimeException failure) {
            wire.close();
            throw failure;
        }
    }

    /// Only one of the 200s.
    Wire.Answer succeed(byte[] request) throws IOException {
        var answer = exchange(request);
        if (answer.status() / 100 != 2) {
            var head = new String(request, 0, Math.min(request.length, 60), StandardCharsets.UTF_8);
            throw new Unexpected("%d to %s: %s"
                    .formatted(answer.status(), head.lines().findFirst().orElse(""), answer.text()));
        }
        return answer;
    }

    JsonNode post(String path, String headers, Map<String, ?> body) throws IOException {
        return JSON.readTree(succeed(Wire.post(path, headers, json(body))).text());
    }

    JsonNode get(String path, String headers) throws IOException {
        return JSON.readTree(succeed(Wire.get(path, headers)).text());
    }
}
