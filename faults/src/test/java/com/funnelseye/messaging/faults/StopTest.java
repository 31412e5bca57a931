package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.sandbox.Fault;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An operator stops a server while it is at work.
class StopTest {

    private final World world = World.shared();

    @AfterEach
    void every_promise_held() {
        world.check();
    }

    @Test
    void f27_a_clean_stop_under_load_leaves_nothing_in_doubt() throws Exception {
        var coach = world.coach(500);
        world.sandbox.failEvery(3, new Fault.Slow(Duration.ofMillis(700)));
        var clients = new Clients(world, coach, new Random(27));
        clients.start(6);
        Pause.of(Duration.ofSeconds(2));

        world.a.server().terminate();
        var doubtful = world.rows.count("""
            SELECT count(*)
              FROM attempt
              JOIN message ON message.id = attempt.message_id
             WHERE message.coach_id = ? AND attempt.outcome = 'UNKNOWN'
            """, coach.id());
        clients.finish();

        assertThat(doubtful).isZero();
        Pause.until(
                "nothing is left open by the one that stopped",
                Duration.ofSeconds(30),
                () -> world.rows.count(
                                "SELECT count(*) FROM outbox JOIN message ON message.id = outbox.message_id WHERE"
                                        + " message.coach_id = ?",
                                coach.id())
                        == 0);
        assertThat(world.rows.count(
                        "SELECT count(*) FROM attempt JOIN message ON message.id = attempt.message_id WHERE"
                                + " message.coach_id = ? AND attempt.outcome IN ('UNKNOWN', 'OPEN')",
                        coach.id()))
                .isZero();
    }
}
