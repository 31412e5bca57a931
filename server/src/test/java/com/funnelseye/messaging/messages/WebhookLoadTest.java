package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.alerts.Alert;
import com.funnelseye.messaging.alerts.Alerts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/// Many reports at once, and reports nobody can apply.
class WebhookLoadTest extends DeliveryTest {

    @Autowired
    Alerts alerts;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void a_webhook_of_a_thousand_statuses_and_three_megabytes_is_taken_whole() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        var statuses = IntStream.range(0, 999)
                .mapToObj(n -> status("wamid.unheard-of." + n, "sent", "x".repeat(3_000)))
                .collect(Collectors.joining(","));
        var body = webhook(statuses + "," + status(message.wamid(), "read", ""));
        assertThat(body.length()).isGreaterThan(3_000_000);

        assertThat(meta().post(body, meta().signature(body))).isEqualTo(200);
        readWebhooks();

        assertThat(facts(message.id()).state()).isEqualTo("ACCEPTED");
        assertThat(shown(message.id())).isEqualTo("read");
        assertThat(statuses("applied_at IS NULL")).as("parked").isEqualTo(999);
    }

    @Test
    void webhooks_posted_side_by_side_are_all_there_when_they_are_answered() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Integer>>();
            for (var n = 0; n < 200; n++) {
                var body = meta().told("wamid." + n).json();
                running.add(pool.submit(() -> meta().post(body, meta().signature(body))));
            }
            for (var one : running) {
                assertThat(one.get()).isEqualTo(200);
            }
        }
        assertThat(statuses("true")).isEqualTo(200);
    }

    @Test
    void webhooks_are_taken_while_every_connection_of_the_others_is_busy() throws Exception {
        var busy = new ArrayDeque<TransactionStatus>();
        try {
            takeAll(busy, true);
            takeAll(busy, false);
            var body = meta().told("wamid.busy").json();
            assertThat(meta().post(body, meta().signature(body))).isEqualTo(200);
        } finally {
            while (!busy.isEmpty()) {
                transactions.rollback(busy.pop());
            }
        }
        assertThat(statuses("wamid = 'wamid.busy'")).isEqualTo(1);
    }

    /// Opens transactions until there is no connection for another.
    private void takeAll(Deque<TransactionStatus> busy, boolean readOnly) {
        var another = new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        another.setReadOnly(readOnly);
        try {
            while (true) {
                busy.push(transactions.getTransaction(another));
            }
        } catch (CannotCreateTransactionException none) {
            assertThat(busy).isNotEmpty();
        }
    }

    @Test
    void a_report_nobody_can_apply_stops_no_other_and_ends_as_a_dead_letter() throws Exception {
        var admin = given.admin("whatsapp_management");
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var bad = sent(jane);
        var good = sent(jane);
        refuseArrival(bad.id());
        try {
            for (var message : List.of(bad, good)) {
                meta().tell(meta().told(message.wamid()).as("delivered"));
            }
            readWebhooks();
            assertThat(shown(good.id())).isEqualTo("delivered");
            assertThat(shown(bad.id())).isEqualTo("sent");

            for (var turn = 0; turn < 10; turn++) {
                timePasses();
                work.pass("statusWork");
            }
            assertThat(statuses("applied_at IS NULL")).isZero();
        } finally {
            refuseNothing();
        }
        var letters = Answer.to(admin.http().get().uri("/api/messaging/admin/dead-letters"));
        assertThat(letters.data().path("deadLetters").size()).isEqualTo(1);
        assertThat(letters.text()).doesNotContain(bad.wamid()).doesNotContain(JOHN.substring(1));
        var id = letters.data().path("deadLetters").path(0).path("_id").asString();

        assertThat(replay(admin, id).status()).isEqualTo(200);
        assertThat(replay(admin, id).status()).as("once is enough").isEqualTo(404);
        readWebhooks();
        assertThat(shown(bad.id())).isEqualTo("delivered");
        assertThat(jdbc.sql("SELECT count(*) FROM audit_entry WHERE action = 'dead_letter.replayed'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_report_that_names_the_attempt_of_another_number_is_parked_and_raises_an_alert() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        var before = fingerprint();
        var attempt = jdbc.sql("SELECT id FROM attempt").query(UUID.class).single();

        meta().tell(meta().told("wamid.x")
                .as("failed")
                .failed(131026)
                .naming(attempt)
                .from("999"));
        readWebhooks();

        assertThat(fingerprint()).isEqualTo(before);
        assertThat(facts(message.id()).ledger()).isEqualTo("RESERVE CAPTURE");
        assertThat(alerts.open()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Alert.Kind.FOREIGN_REPORT);
            assertThat(alert.subject()).isEqualTo(attempt.toString());
        });
    }

    @Test
    void raw_events_are_forgotten_after_a_month_but_not_what_is_still_to_be_applied() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        meta().tell(meta().told(message.wamid()).as("read"));
        meta().tell(meta().told("wamid.unheard-of"));
        readWebhooks();
        assertThat(statuses("true")).isEqualTo(2);

        assertThat(work.pass("eventCleaning")).isZero();
        clock.advance(Duration.ofDays(31));
        assertThat(work.pass("eventCleaning"))
                .as("the report, and what the customer wrote")
                .isEqualTo(2);
        assertThat(statuses("applied_at IS NULL")).isEqualTo(1);
        assertThat(statuses("true")).isEqualTo(1);
    }

    private Answer replay(Person admin, String id) {
        return Answer.to(admin.http().post().uri("/api/messaging/admin/dead-letters/%s/replay".formatted(id)));
    }

    private String shown(UUID message) {
        return jdbc.sql("""
            SELECT CASE WHEN read_at IS NOT NULL THEN 'read' WHEN delivered_at IS NOT NULL THEN 'delivered' ELSE 'sent' END
              FROM message
             WHERE id = :id
            """).param("id", message).query(String.class).single();
    }

    private long statuses(String condition) {
        return jdbc.sql("SELECT count(*) FROM whatsapp_event WHERE kind = 'STATUS' AND " + condition)
                .query(Long.class)
                .single();
    }

    /// The database itself says no, as it would to anything our rules forbid and our code overlooked.
    private void refuseArrival(UUID message) {
        jdbc.sql("""
            ALTER TABLE message ADD CONSTRAINT refused CHECK (id <> '%s' OR delivered_at IS NULL)
            """.formatted(message)).update();
    }

    private void refuseNothing() {
        jdbc.sql("ALTER TABLE message DROP CONSTRAINT refused").update();
    }

    private String status(String wamid, String status, String padding) {
        return """
            {"id":"%s","status":"%s","timestamp":"1750030073","padding":"%s"}\
            """.formatted(wamid, status, padding);
    }

    private String webhook(String statuses) {
        return """
            {"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"%s"},"statuses":[%s]}}]}]}\
            """.formatted(sandbox.options().phoneNumberId(), statuses);
    }
}
