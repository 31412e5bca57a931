package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.sandbox.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nobody knows what became of a message, and an operator decides.
class UnknownTest {

    private final World world = World.shared();
    private final World.Coach coach = world.coach(20);

    @AfterEach
    void every_promise_held() {
        world.check();
    }

    @Test
    void f05_given_up_and_then_reported_after_all_is_shown_and_not_charged() {
        var to = world.customer();
        world.sandbox.holdWebhooks();
        var id = lose("f05", to);
        world.rows.run(
                "UPDATE outbox SET unknown_since = unknown_since - interval '20 minutes' WHERE message_id = ?", id);
        Pause.until(
                "somebody is told",
                Duration.ofSeconds(90),
                () -> world.rows.count(
                                "SELECT count(*) FROM alert WHERE kind = 'UNCONFIRMED' AND subject = ? AND until IS"
                                        + " NULL",
                                id.toString())
                        == 1);

        var abandoned = world.admin()
                .post(
                        world.b.url(),
                        "/api/messaging/admin/messages/%s/abandon".formatted(id),
                        Map.of("reason", "nobody knows"));
        assertThat(abandoned.status()).as("%s", abandoned).isEqualTo(200);
        assertThat(world.facts(id)).isEqualTo("ABANDONED / UNKNOWN / RESERVE RELEASE");
        world.sandbox.releaseWebhooks();

        Pause.until(
                "it is read",
                Duration.ofSeconds(20),
                () -> !world.rows
                        .one("SELECT read_at FROM message WHERE id = ?", id)
                        .equals("null"));
        assertThat(world.facts(id)).isEqualTo("ACCEPTED / ACCEPTED / RESERVE RELEASE");
        assertThat(world.rows.one("SELECT available FROM credit_account WHERE coach_id = ?", coach.id()))
                .isEqualTo("20");
    }

    @Test
    void a_resend_is_one_more_attempt_and_no_further_charge() {
        var to = world.customer();
        world.sandbox.holdWebhooks();
        var id = lose("resend", to);

        var resent = world.admin()
                .post(
                        world.a.url(),
                        "/api/messaging/admin/messages/%s/resend".formatted(id),
                        Map.of("reason", "the customer asks"));
        assertThat(resent.status()).as("%s", resent).isEqualTo(200);
        world.awaitFacts(id, "ACCEPTED / UNKNOWN ACCEPTED / RESERVE CAPTURE");
        assertThat(world.truth.acceptances(to)).isEqualTo(2);
    }

    /// WhatsApp has it, and its answer was lost.
    private UUID lose(String key, String to) {
        world.sandbox.failNext(to.substring(1), 1, new Fault.Reset(true));
        var answer = world.send(world.a, coach, key, to, "wait=20");
        assertThat(answer.shown()).isEqualTo("unconfirmed");
        return answer.messageId();
    }
}
