package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.Meta;
import com.funnelseye.sandbox.Fault;
import com.funnelseye.sandbox.GraphError;
import com.funnelseye.sandbox.PendingWebhook;
import com.funnelseye.sandbox.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Webhooks about our own messages come twice, late, early and in any order, and sometimes not from Meta.
class StatusReportTest extends DeliveryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /// A message with WhatsApp's id of it.
    private record Sent(UUID id, String wamid) {}

    @Test
    void sent_delivered_and_read_in_every_order_give_the_same_message() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        for (var order : List.of("sdr", "srd", "dsr", "drs", "rsd", "rds")) {
            var message = sent(jane);
            for (var turn = 0; turn < order.length(); turn++) {
                meta().tell(told(message.wamid(), order.charAt(turn)));
                readWebhooks();
            }
            assertThat(times(message.id()))
                    .as(order)
                    .isEqualTo("%s %s".formatted(NOON.plusSeconds(1), NOON.plusSeconds(2)));
            assertThat(status(jane, contact, message.id())).isEqualTo("read");
            assertThat(facts(message.id())).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));
        }
    }

    @Test
    void a_status_once_reached_is_not_lost_to_an_earlier_one() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        var seen = new ArrayList<String>();
        for (var letter : List.of('d', 's', 'r', 's', 'd')) {
            meta().tell(told(message.wamid(), letter));
            readWebhooks();
            seen.add(status(jane, contact, message.id()));
        }
        assertThat(seen).containsExactly("delivered", "delivered", "read", "read", "read");
    }

    @Test
    void the_same_webhooks_five_times_shuffled_and_replayed_leave_the_same_rows() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        sandbox.holdWebhooks();
        sandbox.report(message.wamid(), Status.SENT);
        sandbox.report(message.wamid(), Status.DELIVERED);
        sandbox.report(message.wamid(), Status.READ);
        var webhooks = List.copyOf(sandbox.pending());
        deliver(webhooks);
        var once = fingerprint();

        var many = new ArrayList<PendingWebhook>();
        Collections.nCopies(5, webhooks).forEach(many::addAll);
        Collections.shuffle(many, new Random(7));
        deliver(many);
        assertThat(fingerprint()).isEqualTo(once);

        jdbc.sql("UPDATE whatsapp_event SET received_at = received_at - interval '1 day'")
                .update();
        deliver(webhooks.reversed());
        assertThat(fingerprint()).isEqualTo(once);
        assertThat(unread()).isZero();
    }

    @Test
    void an_unknown_message_is_healed_by_its_first_report_and_charged_once() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        for (var fault : List.of(new Fault.Truncated(), new Fault.Reset(true), new Fault.Html(500, true))) {
            sandbox.failNext(fault);
            var message = idIn(send(jane, JOHN));
            var wamid = sandbox.acceptances().getLast().wamid();
            sandbox.report(wamid, Status.SENT);
            readWebhooks();
            assertThat(facts(message)).as("%s", fault).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));
            assertThat(status(jane, contact, message)).isEqualTo("sent");

            sandbox.report(wamid, Status.READ);
            readWebhooks();
            assertThat(facts(message).ledger()).isEqualTo("RESERVE CAPTURE");
            assertThat(status(jane, contact, message)).isEqualTo("read");
        }
        assertThat(purse(jane)).isEqualTo(new Purse(97, 0, 3));
    }

    /// Meta leaves the attempt's id out of some reports: those wait until another one has told whose wamid it is.
    @Test
    void a_report_without_the_attempt_is_read_as_soon_as_the_wamid_is_known() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        sandbox.failNext(new Fault.Truncated());
        var message = idIn(send(jane, JOHN));
        var accepted = sandbox.acceptances().getLast();

        meta().tell(meta().told(accepted.wamid()).as("delivered"));
        readWebhooks();
        assertThat(facts(message).state()).isEqualTo("UNKNOWN");
        assertThat(unread()).isEqualTo(1);

        meta().tell(meta().told(accepted.wamid()).naming(UUID.fromString(String.valueOf(accepted.callbackData()))));
        readWebhooks();
        assertThat(unread()).as("woken, not left to its next turn").isZero();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));
    }

    @Test
    void a_report_that_came_before_our_own_commit_is_read_right_after_it() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        sandbox.failNext(new Fault.Slow(Duration.ofMillis(400)));
        var message = queue(jane, JOHN);
        var before = acceptances(JOHN);
        work.pass("senderWork");
        while (acceptances(JOHN) == before) {
            LockSupport.parkNanos(1_000_000);
        }
        meta().tell(meta().told(sandbox.acceptances().getLast().wamid()).as("delivered"));
        readWebhooks();
        assertThat(facts(message)).isEqualTo(new Facts("SENDING", "OPEN", "RESERVE"));

        work.send();
        readWebhooks();
        assertThat(unread()).isZero();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));
        assertThat(times(message)).doesNotStartWith("null");
    }

    @Test
    void a_failure_is_refunded_once_and_a_later_arrival_changes_only_what_is_shown() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        assertThat(purse(jane)).isEqualTo(new Purse(99, 0, 1));

        for (var again = 0; again < 3; again++) {
            sandbox.reportFailed(message.wamid(), GraphError.of(131026));
            readWebhooks();
        }
        assertThat(status(jane, contact, message.id())).isEqualTo("failed");
        assertThat(facts(message.id()).ledger()).isEqualTo("RESERVE CAPTURE REFUND");
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));

        sandbox.report(message.wamid(), Status.DELIVERED);
        readWebhooks();
        assertThat(status(jane, contact, message.id())).isEqualTo("delivered");
        assertThat(facts(message.id()).ledger()).isEqualTo("RESERVE CAPTURE REFUND");
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void a_failure_after_the_arrival_is_neither_shown_nor_refunded() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        for (var arrival : List.of(Status.DELIVERED, Status.READ)) {
            var message = sent(jane);
            sandbox.report(message.wamid(), arrival);
            readWebhooks();
            sandbox.reportFailed(message.wamid(), GraphError.of(131026));
            readWebhooks();
            assertThat(status(jane, contact, message.id()))
                    .isEqualTo(arrival.name().toLowerCase(Locale.ROOT));
            assertThat(facts(message.id()).ledger()).isEqualTo("RESERVE CAPTURE");
        }
    }

    @Test
    void an_unknown_message_reported_failed_is_charged_and_refunded() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        sandbox.failNext(new Fault.Truncated());
        var message = idIn(send(jane, JOHN));
        sandbox.reportFailed(sandbox.acceptances().getLast().wamid(), GraphError.of(131047));
        readWebhooks();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE REFUND"));
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void a_message_that_was_given_back_and_turns_out_accepted_is_shown_so_and_stays_free() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        sandbox.failNext(Fault.refused(131009));
        var message = UUID.fromString(send(jane, JOHN).data().path("messageId").asString());
        meta().tell(meta().told("wamid.after.all").as("delivered").naming(attemptOf(message)));
        readWebhooks();
        assertThat(status(jane, contact, message)).isEqualTo("delivered");
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE RELEASE"));

        meta().tell(meta().told("wamid.after.all").failed(131026));
        readWebhooks();
        assertThat(facts(message).ledger()).isEqualTo("RESERVE RELEASE");
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void a_report_from_another_business_number_moves_nothing() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var accepted = sent(jane);
        sandbox.failNext(new Fault.Truncated());
        var unknown = idIn(send(jane, JOHN));
        var before = fingerprint();

        meta().tell(meta().told("wamid.stranger").naming(attemptOf(unknown)).from("999"));
        meta().tell(meta().told(accepted.wamid())
                .failed(131026)
                .naming(attemptOf(accepted.id()))
                .from("999"));
        readWebhooks();

        assertThat(fingerprint()).isEqualTo(before);
        assertThat(unread()).as("parked").isEqualTo(2);
    }

    @Test
    void an_attempt_that_has_its_wamid_answers_to_no_other() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        var before = fingerprint();
        meta().tell(meta().told("wamid.other").failed(131026).naming(attemptOf(message.id())));
        readWebhooks();
        assertThat(fingerprint()).isEqualTo(before);
    }

    /// Whatever is wrong with one report, those of other messages must get through.
    @Test
    void one_wamid_for_two_attempts_belongs_to_the_first_and_stops_nobody() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var first = sent(jane);
        sandbox.failNext(2, new Fault.Truncated());
        var second = idIn(send(jane, JOHN));
        var third = idIn(send(jane, JOHN));
        var other = sent(jane);

        meta().tell(meta().told(first.wamid()).as("delivered").naming(attemptOf(second)));
        meta().tell(meta().told("wamid.shared").as("delivered").naming(attemptOf(second)));
        meta().tell(meta().told("wamid.shared").as("delivered").naming(attemptOf(third)));
        meta().tell(meta().told(other.wamid()).as("read"));
        readWebhooks();

        assertThat(times(first.id())).doesNotStartWith("null");
        assertThat(facts(second).state()).isEqualTo("ACCEPTED");
        assertThat(facts(third).state()).isEqualTo("UNKNOWN");
        assertThat(times(other.id())).doesNotEndWith("null");
    }

    @Test
    void a_webhook_that_meta_did_not_sign_is_refused_and_leaves_no_row() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        var before = fingerprint();
        var events = count("SELECT count(*) FROM whatsapp_event");
        var body = meta().told(message.wamid()).as("read").json();
        var good = meta().signature(body);

        assertThat(meta().post(body, null)).isEqualTo(401);
        assertThat(meta().post(body, "")).isEqualTo(401);
        assertThat(meta().post(body, Meta.signature(body, "an old secret"))).isEqualTo(401);
        assertThat(meta().post(body, Meta.signature(body, sandbox.options().verifyToken())))
                .isEqualTo(401);
        assertThat(meta().post(body, good.replace("sha256=", "sha1="))).isEqualTo(401);
        assertThat(meta().post(body, good.replace("sha256=", ""))).isEqualTo(401);
        assertThat(meta().post(body.replace("read", "reae"), good)).isEqualTo(401);
        assertThat(meta().post(body + " ", good)).isEqualTo(401);
        assertThat(meta().post(body, altered(good))).isEqualTo(401);

        assertThat(count("SELECT count(*) FROM whatsapp_event")).isEqualTo(events);
        readWebhooks();
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void what_meta_signed_and_we_do_not_understand_is_taken_and_stops_nothing() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        UnaryOperator<String> odd = body -> body.replace("\"read\"", "\"teleported\"");
        for (var body : List.of(
                "{}",
                "[]",
                "null",
                "not json",
                "{\"entry\":[{\"changes\":[{\"value\":{\"statuses\":[{}]}}]}]}",
                odd.apply(meta().told(message.wamid()).as("read").json()),
                meta().told(message.wamid()).as("read").json().replace("\"timestamp\":\"", "\"timestamp\":\"x"),
                meta().told(message.wamid()).json().replace("sent", "\\u0000"))) {
            assertThat(meta().post(body, meta().signature(body))).as(body).isEqualTo(200);
        }
        readWebhooks();
        assertThat(status(jane, contact, message.id())).isEqualTo("read");
    }

    private Sent sent(Person coach) {
        var answer = send(coach, JOHN);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return new Sent(idIn(answer), wamidIn(answer));
    }

    private Meta.Told told(String wamid, char letter) {
        var told = meta().told(wamid);
        return switch (letter) {
            case 's' -> told.at(NOON);
            case 'd' -> told.as("delivered").at(NOON.plusSeconds(1));
            default -> told.as("read").at(NOON.plusSeconds(2));
        };
    }

    private void deliver(List<PendingWebhook> webhooks) throws Exception {
        for (var webhook : webhooks) {
            assertThat(sandbox.deliver(webhook)).isEqualTo(200);
            while (work.pass("statusWork") > 0) {
                // until nothing is left
            }
        }
    }

    private UUID attemptOf(UUID message) {
        return jdbc.sql("SELECT id FROM attempt WHERE message_id = :id ORDER BY n DESC LIMIT 1")
                .param("id", message)
                .query(UUID.class)
                .single();
    }

    /// When it was delivered and read.
    private String times(UUID message) {
        record Times(
                @Nullable Instant deliveredAt, @Nullable Instant readAt) {}
        var times = jdbc.sql("SELECT delivered_at, read_at FROM message WHERE id = :id")
                .param("id", message)
                .query(Times.class)
                .single();
        return "%s %s".formatted(times.deliveredAt(), times.readAt());
    }

    /// Reports nobody has read yet: parked, or not looked at.
    private long unread() {
        return count("SELECT count(*) FROM whatsapp_event WHERE applied_at IS NULL");
    }

    private long count(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }

    private static String altered(String signature) {
        var last = signature.charAt(signature.length() - 1);
        return signature.substring(0, signature.length() - 1) + (last == '0' ? '1' : '0');
    }
}
