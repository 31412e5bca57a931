package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.Invariants;
import com.funnelseye.messaging.Meta;
import com.funnelseye.messaging.ServerTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;

/// What the tests of sending share: the public door to send by, and a look at state, attempts and ledger afterwards.
/// Whatever a test does, the invariants hold at its end.
abstract class DeliveryTest extends ServerTest {

    static final String JOHN = "+12125550123";

    /// Where a message stands, every attempt's outcome and every movement of money, each in its order.
    record Facts(
            String state,
            @Nullable String attempts,
            @Nullable String ledger) {}

    /// A coach's money.
    record Purse(long available, long reserved, long spent) {}

    @Autowired
    Invariants invariants;

    @AfterEach
    void everything_adds_up() {
        invariants.assertHold();
    }

    Answer send(Person coach, String to) {
        return Answer.to(coach.http()
                .post()
                .uri("/api/messaging/send")
                .body(Map.of("to", to, "message", "Hello", "type", "text")));
    }

    /// Into the outbox; nothing is sent before the sender's next pass.
    UUID queue(Person coach, String to) {
        var answer = Answer.to(coach.http()
                .post()
                .uri("/api/messaging/send")
                .header("Prefer", "respond-async")
                .body(Map.of("to", to, "message", "Hello", "type", "text")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return idIn(answer);
    }

    static UUID idIn(Answer answer) {
        return UUID.fromString(answer.data().path("messageId").asString());
    }

    static String wamidIn(Answer answer) {
        return answer.data().path("wamid").asString();
    }

    Meta meta() {
        return new Meta(port, sandbox.options());
    }

    Facts facts(UUID message) {
        return jdbc.sql("""
            SELECT coalesce(message.outcome::text, outbox.state::text) AS state,
                   (SELECT string_agg(outcome::text, ' ' ORDER BY n)
                      FROM attempt WHERE message_id = message.id) AS attempts,
                   (SELECT string_agg(kind::text, ' ' ORDER BY id)
                      FROM ledger_entry WHERE message_id = message.id) AS ledger
              FROM message
              LEFT JOIN outbox ON outbox.message_id = message.id
             WHERE message.id = :id
            """).param("id", message).query(Facts.class).single();
    }

    Purse purse(Person coach) {
        return jdbc.sql("SELECT available, reserved, spent FROM credit_account WHERE coach_id = :id")
                .param("id", coach.id())
                .query(Purse.class)
                .single();
    }

    /// What the coach sees of the message in its thread.
    String status(Person coach, UUID contact, UUID message) {
        var thread = Answer.to(coach.http().get().uri("/api/messaging/inbox/conversation/" + contact));
        for (var shown : thread.data().path("messages")) {
            if (shown.path("_id").asString().equals(message.toString())) {
                return shown.path("status").asString();
            }
        }
        throw new AssertionError("not in the thread: " + thread.text());
    }

    /// Time passes: what waits is due, what is leased is overdue.
    void timePasses() {
        jdbc.sql("""
            UPDATE outbox
               SET due_at = now() - interval '1 second',
                   lease_until = CASE WHEN lease_until IS NOT NULL THEN now() - interval '1 second' END
            """).update();
        jdbc.sql("UPDATE person_pace SET full_at = now(), not_before = not_before - interval '1 hour'")
                .update();
        jdbc.sql("UPDATE number_pace SET next_send_at = now(), slowed_at = slowed_at - interval '1 hour'")
                .update();
        jdbc.sql("UPDATE whatsapp_event SET due_at = now() WHERE applied_at IS NULL")
                .update();
    }

    /// Changes when any row of a message, its money or its thread does.
    String fingerprint() {
        return jdbc.sql("""
            SELECT md5(string_agg(line, ' ' ORDER BY line))
              FROM (SELECT message::text AS line FROM message
                     UNION ALL SELECT outbox::text FROM outbox
                     UNION ALL SELECT attempt::text FROM attempt
                     UNION ALL SELECT ledger_entry::text FROM ledger_entry
                     UNION ALL SELECT credit_account::text FROM credit_account
                     UNION ALL SELECT conversation::text FROM conversation) AS lines
            """).query(String.class).single();
    }

    /// Calls of WhatsApp for this recipient, accepted or not.
    long calls(String to) {
        var recipient = "\"to\":\"%s\"".formatted(to.substring(1));
        return sandbox.requests().stream()
                .filter(call ->
                        call.request().contains(recipient) || call.request().contains("\"to\":\"%s\"".formatted(to)))
                .count();
    }

    long acceptances(String to) {
        return sandbox.acceptances().stream()
                .filter(acceptance -> acceptance.to().equals(to.substring(1)))
                .count();
    }

    void readWebhooks() throws InterruptedException {
        work.readWebhooks(sandbox);
    }

    /// A message with WhatsApp's id of it.
    record Sent(UUID id, String wamid) {}

    Sent sent(Person coach) {
        var answer = send(coach, JOHN);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return new Sent(idIn(answer), wamidIn(answer));
    }

    UUID attemptOf(UUID message) {
        return jdbc.sql("SELECT id FROM attempt WHERE message_id = :id ORDER BY n DESC LIMIT 1")
                .param("id", message)
                .query(UUID.class)
                .single();
    }

    /// When it was delivered and read.
    String times(UUID message) {
        record Times(
                @Nullable Instant deliveredAt, @Nullable Instant readAt) {}
        var times = jdbc.sql("SELECT delivered_at, read_at FROM message WHERE id = :id")
                .param("id", message)
                .query(Times.class)
                .single();
        return "%s %s".formatted(times.deliveredAt(), times.readAt());
    }

    /// Reports nobody has read yet: parked, or not looked at.
    long unread() {
        return count("SELECT count(*) FROM whatsapp_event WHERE applied_at IS NULL");
    }

    long count(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }
}
