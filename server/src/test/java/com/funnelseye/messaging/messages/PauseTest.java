package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.whatsapp.SendResult.Reason;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PauseTest {

    @Property
    void a_pause_doubles_from_one_second_to_five_minutes(@ForAll @IntRange(min = 1, max = 12) int tries) {
        var seconds = Math.min(1L << (tries - 1), 300);
        assertThat(pause(tries, Reason.OUTAGE, null))
                .isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(Math.min(1500 * seconds, 300_000)));
    }

    @Test
    void one_too_many_for_a_person_waits_with_her_and_no_longer() {
        assertThat(pause(1, Reason.PAIR, null)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pause(12, Reason.PAIR, null)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void what_whatsapp_asks_for_is_the_least() {
        var hour = Duration.ofHours(1);
        assertThat(pause(1, Reason.QUOTA, hour)).isEqualTo(hour);
        assertThat(pause(12, Reason.QUOTA, Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(5));
    }

    private static Duration pause(int tries, @Nullable Reason reason, @Nullable Duration wait) {
        return Results.pause(tries, reason, wait);
    }
}
