package com.funnelseye.messaging.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThroughputTest {

    private final OwnDatabase database = OwnDatabase.empty();
    private final Throughput throughput = new Throughput(database.jdbc, Accounts.at("http://localhost:1"), 80);

    @BeforeEach
    void startAfresh() {
        database.jdbc.sql("TRUNCATE number_pace").update();
    }

    @Test
    void slots_are_evenly_spaced_and_nobody_gets_the_same() {
        var first = take(4).orElseThrow();
        var second = take(4).orElseThrow();
        assertThat(Duration.between(first.at(0), first.at(3))).isEqualTo(Duration.ofNanos(37_500_000));
        assertThat(Duration.between(first.at(3), second.at(0)).toNanos()).isCloseTo(12_500_000, within(10_000L));
    }

    @Test
    void a_quiet_time_is_not_made_up_for() {
        take(1);
        database.jdbc.sql("UPDATE number_pace SET next_send_at = now() - interval '1 hour'").update();
        assertThat(take(1).orElseThrow().first()).isAfter(now().minusSeconds(5));
        assertThat(throughput.room().inLine()).isLessThanOrEqualTo(16);
    }

    @Test
    void those_in_line_take_slots_a_little_ahead_and_a_single_message_overtakes_them() {
        assertThat(throughput.room()).isEqualTo(new Throughput.Room(80, 16));
        take(40);
        assertThat(throughput.room().inLine()).isZero();
        assertThat(throughput.room().singles()).isPositive();
        var slots = take(1).orElseThrow();
        assertThat(Duration.between(slots.overtaking(0), slots.at(0))).isEqualTo(Throughput.OVERTAKES);
    }

    @Test
    void nothing_is_given_out_while_the_next_slot_is_far_away() {
        take(160);
        assertThat(throughput.room()).isEqualTo(new Throughput.Room(0, 0));
        assertThat(take(1)).isEmpty();
    }

    @Test
    void the_rate_halves_at_most_once_a_second_and_recovers_by_itself() {
        throughput.halve();
        throughput.halve();
        assertThat(throughput.ratePerSecond()).isCloseTo(40, within(2.0));
        for (var second = 1; second <= 10; second++) {
            secondsPass(2);
            throughput.halve();
        }
        assertThat(throughput.ratePerSecond()).isBetween(1.0, 5.0);
        secondsPass(30);
        assertThat(throughput.ratePerSecond()).isBetween(40.0, 46.0);
        secondsPass(31);
        assertThat(throughput.ratePerSecond()).isEqualTo(80);
    }

    @Test
    void a_slow_number_still_sends() {
        throughput.crawl();
        assertThat(throughput.room()).isEqualTo(new Throughput.Room(2, 1));
        assertThat(take(1)).isPresent();
    }

    @Test
    void a_rest_is_for_everybody() {
        throughput.rest(Duration.ofMinutes(5));
        throughput.rest(Duration.ofMinutes(1));
        assertThat(throughput.room()).isEqualTo(new Throughput.Room(0, 0));
        assertThat(take(1)).isEmpty();
        database.jdbc.sql("UPDATE number_pace SET next_send_at = next_send_at - interval '4 minutes'").update();
        assertThat(take(1)).as("the longer one").isEmpty();
    }

    private Optional<Throughput.Slots> take(int slots) {
        return database.inTransaction(() -> throughput.take(slots));
    }

    private void secondsPass(int seconds) {
        database.jdbc
                .sql("UPDATE number_pace SET slowed_at = slowed_at - make_interval(secs => :seconds)")
                .param("seconds", seconds)
                .update();
    }

    private Instant now() {
        return database.jdbc.sql("SELECT clock_timestamp()").query(Instant.class).single();
    }
}
