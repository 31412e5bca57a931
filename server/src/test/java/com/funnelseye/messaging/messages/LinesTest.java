package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final int DELAY_MS = 5;
    private static final UUID LANE = UUID.randomUUID();

    private final Lines lines = new Lines();

    @Test
    void messages_of_a_lane_are_never_closer_than_its_delay_even_when_they_are_all_late() {
        var start = System.nanoTime();
        var times = Collections.synchronizedList(new ArrayList<Long>());
        var attempts = new ArrayList<Attempt>();
        for (var n = 0; n < 20; n++) {
            attempts.add(attempt(LANE, start - 1_000_000_000));
        }
        attempts.forEach(lines::join);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            attempts.forEach(attempt -> pool.execute(() -> {
                lines.await(attempt);
                lines.keepDistance(attempt);
                times.add(System.nanoTime());
            }));
        }
        Collections.sort(times);
        for (var n = 0; n < times.size(); n++) {
            assertThat(times.get(n) - start).isGreaterThanOrEqualTo(n * 1_000_000L * DELAY_MS);
        }
    }

    @Test
    void no_message_goes_before_its_time() {
        var attempt = attempt(LANE, System.nanoTime() + 20_000_000);
        lines.join(attempt);
        lines.await(attempt);
        lines.keepDistance(attempt);
        assertThat(System.nanoTime()).isGreaterThanOrEqualTo(attempt.goNanos());
    }

    @Test
    void a_line_reaches_as_far_as_those_in_it() {
        assertThat(lines.reaches()).isEmpty();
        for (var n = 0; n < 100; n++) {
            lines.join(attempt(LANE, 0));
        }
        assertThat(reach()).isBetween(0.4, 0.5);
        for (var n = 0; n < 100; n++) {
            lines.leave(attempt(LANE, 0));
        }
        assertThat(reach()).isZero();
    }

    @Test
    void whoever_has_no_delay_waits_for_nobody() {
        for (var attempt : List.of(
                attempt(null, 0),
                new Attempt(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        1,
                        MessageType.TEXT,
                        "Hello",
                        null,
                        null,
                        "+12125550123",
                        null,
                        true,
                        false,
                        LANE,
                        0,
                        0))) {
            lines.join(attempt);
            lines.keepDistance(attempt);
            lines.leave(attempt);
        }
        assertThat(lines.reaches()).isEmpty();
    }

    private double reach() {
        return lines.reaches().getFirst().seconds();
    }

    private static Attempt attempt(@Nullable UUID lane, long goNanos) {
        return new Attempt(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                1,
                MessageType.TEXT,
                "Hello",
                null,
                null,
                "+12125550123",
                null,
                true,
                false,
                lane,
                lane == null ? 0 : DELAY_MS,
                goNanos);
    }
}
