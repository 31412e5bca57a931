package com.funnelseye.messaging.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient;

class HealthTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @Test
    void an_admin_sees_how_it_all_goes() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        send(jane);

        health(given.admin("whatsapp_management"))
                .jsonPath("$.data.database.status")
                .isEqualTo("ok")
                .jsonPath("$.data.database.latencyMs")
                .isNumber()
                .jsonPath("$.data.whatsapp.answer")
                .isEqualTo("up")
                .jsonPath("$.data.whatsapp.stopped")
                .isEmpty()
                .jsonPath("$.data.outbox.backlog.due")
                .isEqualTo(0)
                .jsonPath("$.data.webhooks.lastEventAgeSeconds")
                .isNumber()
                .jsonPath("$.data.credits.addUp")
                .isEqualTo(true)
                .jsonPath("$.data.throughput.ratePerSecond")
                .isEqualTo(100_000)
                .jsonPath("$.data.throughput.limitPerSecond")
                .isEqualTo(100_000)
                .jsonPath("$.data.throughput.lastFiveMinutes.messages")
                .isEqualTo(1)
                .jsonPath("$.data.throughput.lastFiveMinutes.acceptP50Seconds")
                .value(Double.class, seconds -> assertThat(seconds).isBetween(0.0, 10.0));
        jane.http()
                .get()
                .uri("/api/messaging/admin/health")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void what_waits_too_long_is_a_warning_and_wrong_credits_are_more() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        jane.http()
                .post()
                .uri("/api/messaging/send")
                .header("Prefer", "respond-async")
                .body(Map.of("to", JOHN, "message", "Hello"))
                .exchange()
                .expectStatus()
                .isAccepted();
        jdbc.sql("UPDATE outbox SET due_at = now() - interval '2 minutes'").update();
        clock.advance(Duration.ofMinutes(10));
        var admin = given.admin("whatsapp_management");

        health(admin)
                .jsonPath("$.data.outbox.status")
                .isEqualTo("warn")
                .jsonPath("$.data.outbox.backlog.due")
                .isEqualTo(1)
                .jsonPath("$.data.outbox.backlog.oldestDueSeconds")
                .value(Double.class, seconds -> assertThat(seconds).isBetween(119.0, 180.0));

        jdbc.sql("UPDATE credit_account SET available = 7 WHERE coach_id = :id")
                .param("id", jane.id())
                .update();
        clock.advance(Duration.ofMinutes(10));
        health(admin)
                .jsonPath("$.data.credits.status")
                .isEqualTo("down")
                .jsonPath("$.data.status")
                .isEqualTo("down");
    }

    private static void send(Person coach) {
        coach.http()
                .post()
                .uri("/api/messaging/send")
                .body(Map.of("to", JOHN, "message", "Hello"))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static RestTestClient.BodyContentSpec health(Person admin) {
        return admin.http()
                .get()
                .uri("/api/messaging/admin/health")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }
}
