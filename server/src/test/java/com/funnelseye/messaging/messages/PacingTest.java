package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.messages.Lane.State;
import com.funnelseye.sandbox.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// When the messages of a lane with a delay go.
class PacingTest extends LaneTest {

    @Test
    void no_message_of_a_lane_is_early_and_the_lane_comes_to_its_end() {
        var delay = Duration.ofMillis(25);
        var lane = lane(given.coach("Jane"), delay, 30);
        var known = sandbox.acceptances().size();
        var start = Instant.now();
        runToTheEnd(lane);

        var times = sandbox.acceptances().stream()
                .skip(known)
                .map(Acceptance::at)
                .sorted()
                .toList();
        assertThat(times).hasSize(30);
        for (var n = 0; n < times.size(); n++) {
            assertThat(times.get(n))
                    .isAfterOrEqualTo(start.plus(delay.multipliedBy(n)).minusMillis(1));
        }
    }

    @Test
    void slots_are_taken_a_little_ahead_and_each_once() {
        var lane = lane(given.coach("Jane"), Duration.ofMillis(100), 50);
        var before = nextSlot(lane);
        var begun = outbox.begin(100).size() + outbox.begin(100).size();
        assertThat(begun).isBetween(5, 50);
        assertThat(Duration.between(before, nextSlot(lane)))
                .isGreaterThanOrEqualTo(Duration.ofMillis(100).multipliedBy(begun));
        assertThat(Duration.between(databaseNow(), nextSlot(lane)))
                .isLessThan(Picks.AHEAD.plus(Duration.ofMillis(100)));
    }

    @Test
    void a_pause_is_not_made_up_for() {
        var lane = lane(given.coach("Jane"), Duration.ofMinutes(1), 5);
        jdbc.sql("UPDATE lane_pace SET next_send_at = now() - interval '1 hour'")
                .update();
        lanes.pause(lane, "coffee");
        lanes.resume(lane);
        assertThat(outbox.begin(100)).hasSize(1);
        assertThat(outbox.begin(100)).isEmpty();
    }

    @Test
    void the_slots_of_a_lane_are_after_what_this_node_has_still_to_send_of_it() {
        var lane = lane(given.coach("Jane"), Duration.ofMillis(10), 50);
        assertThat(outbox.begin(100, 100, List.of(new LanePace.Reach(lane, 10))))
                .isEmpty();
        var attempts = outbox.begin(100, 100, List.of(new LanePace.Reach(lane, 0.3)));
        assertThat(attempts).hasSizeBetween(1, 21);
        var latest = System.nanoTime() + Duration.ofMillis(600).toNanos();
        assertThat(attempts.stream().map(Attempt::goNanos)).allMatch(go -> go < latest);
    }

    private void runToTheEnd(UUID lane) {
        var until = Instant.now().plusSeconds(30);
        while (lanes.state(lane) != State.COMPLETED && Instant.now().isBefore(until)) {
            work.send();
            work.pass("laneWork");
        }
        assertThat(standings(lane)).containsExactly("30 ACCEPTED");
    }

    private Instant nextSlot(UUID lane) {
        return jdbc.sql("SELECT next_send_at FROM lane_pace WHERE lane_id = :lane")
                .param("lane", lane)
                .query(Instant.class)
                .single();
    }

    private Instant databaseNow() {
        return jdbc.sql("SELECT clock_timestamp()").query(Instant.class).single();
    }
}
