package com.funnelseye.messaging;

import com.funnelseye.sandbox.Sandbox;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/// A real server on real PostgreSQL, talking to the sandbox over real HTTP. No worker runs by itself: tests make each
/// pass, and set the clock. Every test starts with empty tables.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ServerTest.Setup.class)
public abstract class ServerTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Setup {
        @Bean
        @Primary
        SettableClock settableClock() {
            return new SettableClock();
        }
    }

    protected final Sandbox sandbox = TestServers.SANDBOX;

    @Autowired
    protected Given given;

    @Autowired
    protected Work work;

    @Autowired
    protected JdbcClient jdbc;

    @Autowired
    protected SettableClock clock;

    @LocalServerPort
    protected int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry properties) {
        var account = TestServers.SANDBOX.options();
        properties.add("messaging.workers.enabled", () -> false);
        properties.add("messaging.database.url", TestServers::jdbcUrl);
        properties.add("messaging.database.username", TestServers.POSTGRES::username);
        properties.add("messaging.database.password", TestServers.POSTGRES::password);
        properties.add("messaging.whatsapp.base-url", TestServers.SANDBOX::baseUrl);
        properties.add("messaging.whatsapp.phone-number-id", account::phoneNumberId);
        properties.add("messaging.whatsapp.business-account-id", account::businessAccountId);
        properties.add("messaging.whatsapp.access-token", account::accessToken);
        properties.add("messaging.whatsapp.app-secret", account::appSecret);
        properties.add("messaging.whatsapp.verify-token", account::verifyToken);
        properties.add("messaging.limits.calls-per-minute", () -> 1_000_000);
        properties.add("messaging.limits.calls-burst", () -> 1_000_000);
        properties.add("messaging.limits.sends-per-minute", () -> 1_000_000);
        properties.add("messaging.whatsapp.messages-per-second", () -> 100_000);
        properties.add("messaging.auth.secrets[0].kid", () -> "test");
        properties.add("messaging.auth.secrets[0].secret", () -> "kX9vQ2mZ7rT4wB6nL1pD8sF3hJ5gC0yA");
    }

    @BeforeEach
    void startAfresh() throws InterruptedException {
        work.finish();
        sandbox.clearFaults();
        sandbox.releaseWebhooks();
        sandbox.deliverTo(URI.create("http://localhost:%d/api/webhooks/whatsapp".formatted(port)));
        if (!sandbox.awaitHandshake(Duration.ofSeconds(10)) || !sandbox.awaitIdle(Duration.ofSeconds(10))) {
            throw new IllegalStateException("the sandbox does not reach the server");
        }
        clock.reset();
        given.nothing();
    }

    /// A client that is nobody.
    protected RestTestClient anonymous() {
        return given.anonymous();
    }
}
