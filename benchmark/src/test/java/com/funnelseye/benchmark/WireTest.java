package com.funnelseye.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {

    private static final int LONG = 100_000;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/echo", exchange -> {
            var body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/chunks", exchange -> {
            exchange.sendResponseHeaders(418, 0);
            exchange.getResponseBody().write("x".repeat(LONG).getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void one_connection_carries_many_exchanges() throws IOException {
        try (var wire = new Wire(server.getAddress().getPort())) {
            var longBody = "y".repeat(LONG);

            assertThat(wire.exchange(post(longBody)).text()).isEqualTo(longBody);
            assertThat(wire.exchange(Wire.get("/chunks", "")).text()).hasSize(LONG);
            assertThat(wire.exchange(Wire.get("/chunks", "")).status()).isEqualTo(418);
            assertThat(wire.exchange(post("short")).text()).isEqualTo("short");
        }
    }

    @Test
    void a_failure_is_no_success() {
        var door = new Door(server.getAddress().getPort());

        assertThatThrownBy(() -> door.succeed(Wire.get("/chunks", ""))).isInstanceOf(Door.Unexpected.class);
    }

    private static byte[] post(String body) {
        return Wire.post("/echo", "", body.getBytes(StandardCharsets.UTF_8));
    }
}
