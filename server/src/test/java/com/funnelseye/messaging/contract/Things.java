package com.funnelseye.messaging.contract;

import com.funnelseye.messaging.Given;
import com.funnelseye.messaging.Given.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Things of a coach's own, by the kind `contract/access.txt` names.
@Component
class Things {

    private final Given given;
    private final JdbcClient jdbc;

    Things(Given given, JdbcClient jdbc) {
        this.given = given;
        this.jdbc = jdbc;
    }

    /// One thing for each name; `phone` is the customer's all of them have to do with.
    Map<String, UUID> of(Person coach, String phone, Map<String, String> kinds) throws InterruptedException {
        var contact = given.leadWhoWrote(coach, phone);
        var things = new LinkedHashMap<String, UUID>();
        kinds.forEach((name, kind) -> things.put(name, one(kind, coach, contact)));
        return things;
    }

    private UUID one(String kind, Person coach, UUID contact) {
        return switch (kind) {
            case "contact" -> contact;
            case "message" ->
                jdbc.sql("SELECT id FROM message WHERE contact_id = :contact AND direction = 'INBOUND'")
                        .param("contact", contact)
                        .query(UUID.class)
                        .single();
            case "template" ->
                made(
                        coach,
                        "/api/messaging/templates",
                        Map.of("name", "Hello", "category", "welcome", "content", Map.of("body", "Hello!")),
                        "_id");
            case "scheduled" ->
                made(
                        coach,
                        "/api/messaging/inbox/send",
                        Map.of(
                                "contactId",
                                contact,
                                "message",
                                "Hi",
                                "scheduledAt",
                                Instant.now().plus(Duration.ofHours(1)).toString()),
                        "messageId");
            case "bulk" ->
                made(
                        coach,
                        "/api/messaging/send-bulk",
                        Map.of(
                                "contacts",
                                List.of(Map.of("leadId", contact)),
                                "message",
                                "Hi",
                                "scheduledAt",
                                Instant.now().plus(Duration.ofHours(1)).toString()),
                        "bulkId");
            default -> throw new IllegalArgumentException("no way yet to make a " + kind);
        };
    }

    private static UUID made(Person coach, String path, Map<String, ?> body, String idKey) {
        var answer = coach.http()
                .post()
                .uri(path)
                .body(body)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return UUID.fromString(new JsonMapper()
                .readTree(String.valueOf(answer))
                .path("data")
                .path(idKey)
                .asString());
    }
}
