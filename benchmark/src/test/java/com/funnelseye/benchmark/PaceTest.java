package com.funnelseye.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MS = 1_000_000;

    @Test
    void an_exact_row_has_no_error_and_is_never_early() {
        var exact = List.of(0L, 10 * MS, 20 * MS, 30 * MS);

        assertThat(Pace.errors(exact, 10)).containsOnly(0L);
        assertThat(Pace.early(exact, 10)).isZero();
        assertThat(Pace.rate(exact)).isCloseTo(100, within(0.001));
    }

    @Test
    void one_late_message_does_not_make_its_followers_late() {
        assertThat(Pace.errors(List.of(0L, 14 * MS, 20 * MS), 10)).containsExactly(0L, 4 * MS, 0L);
    }

    @Test
    void a_message_before_its_time_is_early() {
        assertThat(Pace.early(List.of(0L, 7 * MS, 20 * MS), 10)).isEqualTo(1);
    }

    @Test
    void equal_shares_are_fair_and_one_for_all_is_not() {
        assertThat(Pace.fairness(List.of(5.0, 5.0, 5.0, 5.0))).isCloseTo(1, within(1e-9));
        assertThat(Pace.fairness(List.of(1.0, 0.0, 0.0, 0.0))).isCloseTo(0.25, within(1e-9));
    }
}
