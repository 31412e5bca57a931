package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Meta;
import com.funnelseye.sandbox.Fault;
import com.funnelseye.sandbox.PendingWebhook;
import com.funnelseye.sandbox.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Webhooks about our own messages come twice, late, early and in any order, and sometimes not from Meta.
class StatusReportTest extends DeliveryTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

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
}
