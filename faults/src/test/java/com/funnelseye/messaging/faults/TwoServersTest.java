package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.faults.World.Coach;
import com.funnelseye.sandbox.Fault;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two servers want the same work, and one of them stands still in the middle of it.
class TwoServersTest {

    private static final int MESSAGES = 300;

    private final World world = World.shared();
    private final Coach coach = world.coach(20);

    @AfterEach
    void every_promise_held() {
        world.check();
    }

    @Test
    void f08_two_servers_send_each_message_once() {
        var before = world.sandbox.requests().size();

        due(MESSAGES);
        Pause.until("all are sent", Duration.ofSeconds(90), () -> open() == 0);

        assertThat(world.sandbox.requests().size() - before).isEqualTo(MESSAGES);
        assertThat(world.rows.count("""
            SELECT count(*)
              FROM message
              JOIN contact ON contact.id = message.contact_id
              JOIN attempt ON attempt.message_id = message.id
             WHERE contact.name = 'Somebody' AND message.coach_id = ? AND message.outcome = 'ACCEPTED' AND attempt.n = 1
            """, coach.id())).isEqualTo(MESSAGES);
    }

    @Test
    void f09_a_server_that_stood_still_past_its_lease_still_records_what_whatsapp_said() {
        var to = world.customer();
        world.sandbox.holdWebhooks();
        world.sandbox.failNext(to.substring(1), 1, new Fault.Slow(Duration.ofSeconds(2)));
        var sent = Executors.newVirtualThreadPerTaskExecutor()
                .submit(() -> world.send(world.a, coach, "f09", to, "wait=30"));
        Pause.until("WhatsApp accepts", Duration.ofSeconds(20), () -> world.truth.acceptances(to) == 1);
        var id = idTo(to);

        world.a.server().freeze();
        world.timePasses();
        world.awaitFacts(id, "UNKNOWN / UNKNOWN / RESERVE");
        world.timePasses();
        world.a.server().thaw();

        world.awaitFacts(id, "ACCEPTED / ACCEPTED / RESERVE CAPTURE");
        assertThat(sent)
                .succeedsWithin(Duration.ofSeconds(30))
                .satisfies(answer -> assertThat(answer.messageId()).isEqualTo(id));
        assertThat(world.truth.calls(to)).isEqualTo(1);
    }

    @Test
    void f09_a_server_that_stood_still_before_its_call_does_not_make_it() {
        var to = world.customer();
        var commit = world.a.database().next(Commit.answerHeld(CrashTest.BEGIN));
        var sent = Executors.newVirtualThreadPerTaskExecutor()
                .submit(() -> world.send(world.a, coach, "f09b", to, "wait=30"));
        commit.await();
        world.a.server().freeze();
        commit.release();
        Pause.of(Duration.ofSeconds(6));
        assertThat(world.truth.calls(to)).isZero();
        world.a.server().thaw();

        world.awaitFacts(idTo(to), "ACCEPTED / NOT_SENT ACCEPTED / RESERVE CAPTURE");
        assertThat(sent).succeedsWithin(Duration.ofSeconds(30));
        assertThat(world.truth.calls(to)).isEqualTo(1);
    }

    private UUID idTo(String to) {
        return UUID.fromString(
                world.rows.one("SELECT id FROM message WHERE direction = 'OUTBOUND' AND recipient_phone = ?", to));
    }

    private long open() {
        return world.rows.count("SELECT count(*) FROM outbox WHERE state <> 'UNKNOWN'");
    }

    /// Messages nobody pays for, one for each of so many people.
    private void due(int messages) {
        var people = world.people(coach, messages).toArray(String[]::new);
        world.rows.run("""
            WITH added AS (
                INSERT INTO message (id, contact_id, coach_id, direction, sender_type, sender_id, type, text,
                                     recipient_phone, phone_number_id, sent_at, price, is_read)
                SELECT gen_random_uuid(), id, coach_id, 'OUTBOUND', 'ADMIN', coach_id, 'TEXT', 'Hello', phone, ?, now(),
                       0, true
                  FROM contact
                 WHERE coach_id = ? AND phone = ANY (?)
                RETURNING id, coach_id
            )
            INSERT INTO outbox (message_id, coach_id, due_at) SELECT id, coach_id, now() FROM added
            """, number(), coach.id(), people);
    }

    private String number() {
        return world.sandbox.options().phoneNumberId();
    }
}
