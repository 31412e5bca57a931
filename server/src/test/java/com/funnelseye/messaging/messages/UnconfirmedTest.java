package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.alerts.Alert;
import com.funnelseye.messaging.alerts.Alerts;
import com.funnelseye.sandbox.Fault;
import com.funnelseye.sandbox.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// A send whose answer was lost: WhatsApp's reports settle it, or an operator, or after days nobody.
class UnconfirmedTest extends DeliveryTest {

    @Autowired
    Alerts alerts;

    private Person jane;
    private Person admin;
    private UUID contact;

    @BeforeEach
    void a_coach_whose_customer_wrote() throws Exception {
        jane = given.coach("Jane");
        contact = given.leadWhoWrote(jane, JOHN);
        admin = given.admin("whatsapp_management");
    }

    @Test
    void it_shows_as_unconfirmed_and_nothing_sends_it_again() {
        var before = acceptances(JOHN);
        var message = lost();
        for (var pass = 0; pass < 3; pass++) {
            timePasses();
            work.send();
            work.pass("reaperWork");
            work.pass("abandonWork");
        }
        assertThat(status(jane, contact, message)).isEqualTo("unconfirmed");
        assertThat(facts(message)).isEqualTo(new Facts("UNKNOWN", "UNKNOWN", "RESERVE"));
        assertThat(acceptances(JOHN) - before).isEqualTo(1);
    }

    @Test
    void an_operator_is_told_after_a_quarter_of_an_hour_and_again_when_it_is_over() throws Exception {
        var message = lost();
        var wamid = sandbox.acceptances().getLast().wamid();
        work.pass("unconfirmedAlerts");
        assertThat(alerts.open()).isEmpty();

        unknownSince("16 minutes");
        work.pass("unconfirmedAlerts");
        work.pass("unconfirmedAlerts");
        assertThat(alerts.open()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Alert.Kind.UNCONFIRMED);
            assertThat(alert.subject()).isEqualTo(message.toString());
        });

        sandbox.report(wamid, Status.SENT);
        readWebhooks();
        work.pass("unconfirmedAlerts");
        assertThat(alerts.open()).isEmpty();
    }

    @Test
    void a_resend_is_one_more_attempt_and_no_more_money() {
        var before = acceptances(JOHN);
        var message = lost();
        var answer = decide("resend", message, "The customer says nothing came");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.data().path("status").asString()).isEqualTo("queued");
        assertThat(facts(message)).isEqualTo(new Facts("QUEUED", "UNKNOWN", "RESERVE"));

        work.send();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "UNKNOWN ACCEPTED", "RESERVE CAPTURE"));
        assertThat(acceptances(JOHN) - before).isEqualTo(2);
        assertThat(purse(jane)).isEqualTo(new Purse(99, 0, 1));
    }

    @Test
    void a_resend_that_is_lost_too_waits_for_another_order() {
        var message = lost();
        decide("resend", message, "once");
        sandbox.failNext(new Fault.Truncated());
        work.send();
        timePasses();
        work.send();
        assertThat(facts(message)).isEqualTo(new Facts("UNKNOWN", "UNKNOWN UNKNOWN", "RESERVE"));
        decide("resend", message, "twice");
        work.send();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "UNKNOWN UNKNOWN ACCEPTED", "RESERVE CAPTURE"));
    }

    @Test
    void the_report_of_the_first_attempt_makes_the_second_unnecessary() throws Exception {
        var before = acceptances(JOHN);
        var message = lost();
        decide("resend", message, "too hasty");
        sandbox.report(sandbox.acceptances().getLast().wamid(), Status.DELIVERED);
        readWebhooks();
        work.send();
        assertThat(acceptances(JOHN) - before).isEqualTo(1);
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));
    }

    @Test
    void both_attempts_arrived_and_one_is_paid() throws Exception {
        var message = lost();
        var first = sandbox.acceptances().getLast().wamid();
        decide("resend", message, "nothing came");
        work.send();
        var second = sandbox.acceptances().getLast().wamid();
        sandbox.report(second, Status.READ);
        sandbox.report(first, Status.DELIVERED);
        readWebhooks();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED ACCEPTED", "RESERVE CAPTURE"));
        assertThat(status(jane, contact, message)).isEqualTo("read");
    }

    @Test
    void abandoned_is_failed_and_free_even_if_it_turns_out_to_have_arrived() throws Exception {
        var message = lost();
        var wamid = sandbox.acceptances().getLast().wamid();
        var answer = decide("abandon", message, "The customer wrote elsewhere");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.data().path("status").asString()).isEqualTo("failed");
        assertThat(answer.data().path("failure").path("code").asString()).isEqualTo("ABANDONED");
        assertThat(facts(message)).isEqualTo(new Facts("ABANDONED", "UNKNOWN", "RESERVE RELEASE"));

        sandbox.report(wamid, Status.DELIVERED);
        readWebhooks();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE RELEASE"));
        assertThat(status(jane, contact, message)).isEqualTo("delivered");
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void after_three_days_it_is_abandoned_by_itself() {
        var message = lost();
        unknownSince("71 hours");
        assertThat(work.pass("abandonWork")).isZero();
        unknownSince("73 hours");
        assertThat(work.pass("abandonWork")).isEqualTo(1);
        assertThat(facts(message)).isEqualTo(new Facts("ABANDONED", "UNKNOWN", "RESERVE RELEASE"));
        assertThat(work.pass("abandonWork")).isZero();
    }

    @Test
    void only_what_is_unconfirmed_can_be_resent_or_abandoned() throws Exception {
        var sent = idIn(send(jane, JOHN));
        var queued = queue(jane, JOHN);
        var before = fingerprint();
        for (var id : List.of(sent, queued)) {
            for (var decision : List.of("resend", "abandon")) {
                var answer = decide(decision, id, "why not");
                assertThat(answer.status()).isEqualTo(409);
                assertThat(answer.body().path("code").asString()).isEqualTo("NOT_UNCONFIRMED");
            }
        }
        var inbound = jdbc.sql("SELECT id FROM message WHERE direction = 'INBOUND'")
                .query(UUID.class)
                .single();
        assertThat(decide("resend", inbound, "why not").status()).isEqualTo(404);
        assertThat(decide("abandon", UUID.randomUUID(), "why not").status()).isEqualTo(404);
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void a_decision_needs_a_reason() {
        var message = lost();
        for (var reason : List.of("", "  ", "x".repeat(501))) {
            var answer = decide("resend", message, reason);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("fields").has("reason")).isTrue();
        }
        assertThat(facts(message).state()).isEqualTo("UNKNOWN");
    }

    @Test
    void of_many_who_decide_at_once_one_does() throws Exception {
        var message = lost();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Integer>>();
            for (var n = 0; n < 8; n++) {
                var decision = n % 2 == 0 ? "resend" : "abandon";
                running.add(pool.submit(() -> decide(decision, message, "now").status()));
            }
            var statuses = new ArrayList<Integer>();
            for (var one : running) {
                statuses.add(one.get());
            }
            assertThat(statuses).containsOnlyOnce(200);
            assertThat(statuses.stream().filter(status -> status == 409)).hasSize(7);
        }
        assertThat(jdbc.sql("SELECT count(*) FROM audit_entry WHERE action IN ('message.resent', 'message.abandoned')")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_decision_is_audited_with_before_after_and_reason() {
        var message = lost();
        decide("abandon", message, "Asked by phone");
        record Entry(String action, String before, String after) {}
        var entry = jdbc.sql("""
            SELECT action, before ->> 'status' AS before, concat(after ->> 'status', ', ', after ->> 'reason') AS after
              FROM audit_entry
             WHERE subject_kind = 'message' AND subject_id = :id
            """).param("id", message).query(Entry.class).single();
        assertThat(entry).isEqualTo(new Entry("message.abandoned", "unconfirmed", "failed, Asked by phone"));
    }

    /// WhatsApp took it, and its answer never came.
    private UUID lost() {
        sandbox.failNext(new Fault.Truncated());
        return idIn(send(jane, JOHN));
    }

    private Answer decide(String decision, UUID message, String reason) {
        return Answer.to(admin.http()
                .post()
                .uri("/api/messaging/admin/messages/%s/%s".formatted(message, decision))
                .body(Map.of("reason", reason)));
    }

    private void unknownSince(String ago) {
        jdbc.sql("UPDATE outbox SET unknown_since = now() - :ago::interval WHERE state = 'UNKNOWN'")
                .param("ago", ago)
                .update();
    }
}
