package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/// What the tests of scheduled messages share.
abstract class Scheduling extends ServerTest {

    static final String JOHN = "+12125550123";

    ResponseSpec send(Person who, Instant at) {
        return post(who, Map.of("to", JOHN, "message", "See you tomorrow", "scheduledAt", at.toString()));
    }

    UUID scheduled(Person who) {
        send(who, Instant.now().plus(Duration.ofHours(2))).expectStatus().isEqualTo(202);
        return jdbc.sql("SELECT message_id FROM outbox ORDER BY created_at DESC LIMIT 1")
                .query(UUID.class)
                .single();
    }

    /// The outbox keeps the database's time, which no test can set.
    void timeComes(UUID id) {
        jdbc.sql("UPDATE outbox SET due_at = now(), scheduled_at = now() WHERE message_id = :id")
                .param("id", id)
                .update();
    }

    static ResponseSpec post(Person who, Map<String, ?> body) {
        return who.http().post().uri("/api/messaging/send").body(body).exchange();
    }

    static ResponseSpec cancel(Person who, UUID id) {
        return who.http().delete().uri("/api/messaging/scheduled/" + id).exchange();
    }

    static ResponseSpec change(Person who, UUID id, Map<String, ?> body) {
        return who.http()
                .put()
                .uri("/api/messaging/scheduled/" + id)
                .body(new HashMap<>(body))
                .exchange();
    }

    static BodyContentSpec listed(Person who) {
        return who.http()
                .get()
                .uri("/api/messaging/scheduled")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    static String body(ResponseSpec answer) {
        return String.valueOf(answer.expectStatus()
                .isNotFound()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    long available(Person who) {
        return jdbc.sql("SELECT available FROM credit_account WHERE coach_id = :id")
                .param("id", who.id())
                .query(Long.class)
                .single();
    }

    long attempts(UUID id) {
        return jdbc.sql("SELECT count(*) FROM attempt WHERE message_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    String statusOf(Person who, UUID id) {
        var thread = String.valueOf(who.http()
                .get()
                .uri("/api/messaging/inbox/conversation/" + contactOf(id))
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        var message = new tools.jackson.databind.json.JsonMapper()
                .readTree(thread)
                .path("data")
                .path("messages")
                .valueStream()
                .filter(node -> node.path("_id").asString().equals(id.toString()))
                .findFirst()
                .orElseThrow();
        return message.path("status").asString();
    }

    UUID contactOf(UUID id) {
        return jdbc.sql("SELECT contact_id FROM message WHERE id = :id")
                .param("id", id)
                .query(UUID.class)
                .single();
    }
}
