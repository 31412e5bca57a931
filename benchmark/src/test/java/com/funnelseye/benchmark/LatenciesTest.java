package com.funnelseye.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void a_percentile_is_the_smallest_that_so_many_do_not_exceed() {
        for (var ms = 5_000; ms >= 1; ms--) {
            latencies.add(ms * 1_000_000L);
        }

        assertThat(latencies.count()).isEqualTo(5_000);
        assertThat(latencies.millis(0.5)).isEqualTo(2_500);
        assertThat(latencies.millis(0.99)).isEqualTo(4_950);
        assertThat(latencies.millis(1)).isEqualTo(5_000);
    }

    @Test
    void without_any_there_is_no_percentile() {
        assertThat(latencies.millis(0.5)).isNaN();
    }
}
