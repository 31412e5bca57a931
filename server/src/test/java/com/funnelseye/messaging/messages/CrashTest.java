package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.whatsapp.Outgoing;
import com.funnelseye.messaging.whatsapp.SendResult;
import com.funnelseye.messaging.whatsapp.WhatsApp;
import com.funnelseye.sandbox.Fault;
import com.funnelseye.sandbox.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The server dies between two steps of a send, or two servers want the same one.
class CrashTest extends DeliveryTest {

    @Autowired
    Outbox outbox;

    @Autowired
    Results results;

    @Autowired
    Sender sender;

    @Autowired
    WhatsApp whatsApp;

    @Test
    void begun_and_then_dead_is_unknown_when_the_lease_ends_and_never_sent() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var before = calls(JOHN);
        var message = queue(jane, JOHN);
        assertThat(outbox.begin(10)).hasSize(1);

        work.pass("reaperWork");
        assertThat(facts(message).state()).as("within its lease").isEqualTo("SENDING");
        for (var pass = 0; pass < 3; pass++) {
            timePasses();
            work.pass("reaperWork");
            work.send();
        }

        assertThat(facts(message)).isEqualTo(new Facts("UNKNOWN", "UNKNOWN", "RESERVE"));
        assertThat(calls(JOHN)).isEqualTo(before);
    }

    @Test
    void accepted_and_then_dead_is_healed_by_the_webhook() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = queue(jane, JOHN);
        var before = acceptances(JOHN);
        var wamid = sendUnrecorded(outbox.begin(message).getFirst());
        timePasses();
        work.pass("reaperWork");
        assertThat(facts(message)).isEqualTo(new Facts("UNKNOWN", "UNKNOWN", "RESERVE"));

        sandbox.report(wamid, Status.SENT);
        readWebhooks();

        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));
        assertThat(purse(jane)).isEqualTo(new Purse(99, 0, 1));
        work.send();
        assertThat(acceptances(JOHN) - before).isEqualTo(1);
    }

    @Test
    void the_webhook_may_come_before_the_lease_ends_and_before_the_answer() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = queue(jane, JOHN);
        var attempt = outbox.begin(message).getFirst();
        var wamid = sendUnrecorded(attempt);
        sandbox.report(wamid, Status.DELIVERED);
        readWebhooks();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));

        var before = fingerprint();
        results.record(attempt, new SendResult.Accepted(wamid, JOHN.substring(1)));
        assertThat(fingerprint()).isEqualTo(before);
        results.record(attempt, new SendResult.Ambiguous("reset", null));
        results.lostSight(attempt, "lease expired");
        assertThat(fingerprint()).as("acceptance is never taken back").isEqualTo(before);
    }

    @Test
    void a_late_answer_still_counts_for_the_attempt_that_was_given_up() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = queue(jane, JOHN);
        var attempt = outbox.begin(message).getFirst();
        timePasses();
        work.pass("reaperWork");

        results.record(attempt, new SendResult.Accepted("wamid.late", null));

        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));
    }

    @Test
    void no_connection_proves_that_nothing_was_sent() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = queue(jane, JOHN);
        results.record(outbox.begin(message).getFirst(), new SendResult.NotSent("connect refused"));
        assertThat(facts(message)).isEqualTo(new Facts("QUEUED", "NOT_SENT", "RESERVE"));

        timePasses();
        work.send();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "NOT_SENT ACCEPTED", "RESERVE CAPTURE"));
    }

    @Test
    void what_was_begun_too_long_ago_goes_back_to_the_queue_unsent() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var before = calls(JOHN);
        var message = queue(jane, JOHN);
        var attempt = outbox.begin(message).getFirst();

        sender.send(
                attempt,
                System.nanoTime() - Sender.MAX_DELAY.plus(Duration.ofMillis(1)).toNanos());

        assertThat(facts(message)).isEqualTo(new Facts("QUEUED", "NOT_SENT", "RESERVE"));
        assertThat(calls(JOHN)).isEqualTo(before);
    }

    @Test
    void two_servers_begin_each_of_500_messages_once() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        queueFree(contact, 500);

        var begun = inParallel(2, () -> {
            var mine = new ArrayList<UUID>();
            for (var batch = outbox.begin(7); !batch.isEmpty(); batch = outbox.begin(7)) {
                batch.forEach(attempt -> mine.add(attempt.messageId()));
            }
            return mine;
        });

        assertThat(begun).hasSize(500);
        assertThat(new HashSet<>(begun)).hasSize(500);
        assertThat(jdbc.sql("SELECT count(*) FROM attempt WHERE n = 1")
                        .query(Long.class)
                        .single())
                .isEqualTo(500);
    }

    @Test
    void many_senders_at_once_send_each_message_once() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        queueFree(contact, 100);
        var before = sandbox.acceptances().size();

        inParallel(4, () -> {
            work.send();
            return List.<UUID>of();
        });

        assertThat(sandbox.acceptances().size() - before).isEqualTo(100);
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE outcome = 'ACCEPTED'")
                        .query(Long.class)
                        .single())
                .isEqualTo(100);
    }

    @Test
    void a_request_waits_for_its_message_even_when_the_sender_was_quicker_to_begin_it() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        sandbox.failNext(10, new Fault.Slow(Duration.ofMillis(100)));
        var over = new AtomicBoolean();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.execute(() -> {
                while (!over.get()) {
                    work.pass("senderWork");
                }
            });
            for (var turn = 0; turn < 10; turn++) {
                var answer = send(jane, JOHN);
                over.compareAndSet(false, turn == 9 || answer.status() != 200);
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                assertThat(facts(idIn(answer))).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));
            }
        }
    }

    @Test
    void a_message_begun_by_the_request_is_not_begun_by_the_sender() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = queue(jane, JOHN);
        var begun = inParallel(
                8, () -> outbox.begin(message).stream().map(Attempt::messageId).toList());
        assertThat(begun).containsExactly(message);
    }

    /// The sandbox has it, and nobody wrote down its answer.
    private String sendUnrecorded(Attempt attempt) {
        var outgoing = new Outgoing(attempt.attemptId(), JOHN, new Outgoing.Text("Hello"), null);
        return switch (whatsApp.send(outgoing)) {
            case SendResult.Accepted(var wamid, var _) -> wamid;
            case SendResult other -> throw new AssertionError(other);
        };
    }

    /// Messages nobody pays for, as an admin's, each to a person of its own.
    private void queueFree(UUID contact, int messages) {
        jdbc.sql("""
            WITH lead AS (
                INSERT INTO contact (id, coach_id, person, phone, name, created_at, updated_at)
                SELECT gen_random_uuid(), coach_id, (12125550200 + n)::text, '+' || (12125550200 + n)::text, 'Lead',
                       now(), now()
                  FROM contact, generate_series(1, :messages) AS n
                 WHERE id = :contact
                RETURNING id, coach_id, person, phone
            ), opened AS (
                INSERT INTO last_inbound (phone_number_id, person, at)
                SELECT :number, person, now()
                  FROM lead
            ), added AS (
                INSERT INTO message (id, contact_id, coach_id, direction, sender_type, sender_id, type, text,
                                     recipient_phone, phone_number_id, sent_at, price, is_read)
                SELECT gen_random_uuid(), id, coach_id, 'OUTBOUND', 'ADMIN', coach_id, 'TEXT', 'Hello', phone, :number,
                       now(), 0, true
                  FROM lead
                RETURNING id, coach_id
            )
            INSERT INTO outbox (message_id, coach_id, due_at)
            SELECT id, coach_id, now()
              FROM added
            """)
                .param("number", sandbox.options().phoneNumberId())
                .param("contact", contact)
                .param("messages", messages)
                .update();
    }

    private static List<UUID> inParallel(int threads, Callable<List<UUID>> work) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<List<UUID>>>();
            for (var thread = 0; thread < threads; thread++) {
                running.add(pool.submit(work));
            }
            var all = new ArrayList<UUID>();
            for (var one : running) {
                all.addAll(one.get());
            }
            return all;
        }
    }
}
