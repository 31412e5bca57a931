package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.faults.World.Coach;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The database commits, and nobody is told.
class CrashTest {

    /// What each transaction of a send does, and no other.
    static final String ACCEPT = "INSERT INTO message ";

    static final String BEGIN = "INSERT INTO attempt ";
    static final String RECORD = "UPDATE attempt";

    private final World world = World.shared();
    private final Coach coach = world.coach(20);

    @AfterEach
    void every_promise_held() {
        world.check();
    }

    @Test
    void f07_the_begin_is_committed_and_its_answer_lost_so_nothing_is_sent() {
        var to = world.customer();
        world.b.database().shut();
        var commit = world.a.database().next(Commit.answerLost(BEGIN));

        world.send(world.a, coach, "f07", to, "wait=1");
        commit.await();
        world.b.database().open();
        world.awaitFacts(idTo(to), "SENDING / OPEN / RESERVE");
        world.timePasses();

        world.awaitFacts(idTo(to), "UNKNOWN / UNKNOWN / RESERVE");
        assertThat(world.truth.calls(to)).isZero();
    }

    private UUID idTo(String to) {
        return UUID.fromString(
                world.rows.one("SELECT id FROM message WHERE direction = 'OUTBOUND' AND recipient_phone = ?", to));
    }
}
