package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.messages.Lane.Change;
import com.funnelseye.messaging.messages.Lane.State;
import com.funnelseye.messaging.whatsapp.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// How the messages of lanes are begun.
class LaneSendTest extends LaneTest {

    @Autowired
    Results results;

    @Test
    void a_running_lane_is_sent_to_its_end_and_completed() {
        var jane = given.coach("Jane");
        var lane = lane(jane, Duration.ZERO, 60);
        work.send();
        assertThat(standings(lane)).containsExactly("60 ACCEPTED");
        sweep();
        assertThat(lanes.state(lane)).isEqualTo(State.COMPLETED);
        assertThat(purse(jane)).isEqualTo(new Purse(40, 0, 60));
    }

    @Test
    void nothing_of_a_lane_is_begun_unless_it_runs() {
        var jane = given.coach("Jane");
        var paused = lane(jane, Duration.ZERO, 2);
        var later = lane(jane, Duration.ZERO, Instant.now().plusSeconds(3600), 2);
        var cancelled = lane(jane, Duration.ZERO, 2);
        lanes.pause(paused, "coffee");
        lanes.cancel(cancelled);
        assertThat(outbox.begin(100)).isEmpty();
        lanes.resume(paused);
        work.send();
        assertThat(standings(paused)).containsExactly("2 ACCEPTED");
        assertThat(standings(later)).containsExactly("2 QUEUED");
        assertThat(standings(cancelled)).containsExactly("2 QUEUED");
    }

    /// Whoever has begun a message of the lane is waited for; whoever comes after the pause begins none.
    @Test
    void a_pause_is_a_barrier() throws Exception {
        var lane = lane(given.coach("Jane"), Duration.ZERO, 3);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var begun = new CountDownLatch(1);
            var pausing = pool.submit(() -> {
                begun.await();
                return lanes.pause(lane, "coffee");
            });
            transaction.executeWithoutResult(_ -> {
                assertThat(outbox.begin(1)).hasSize(1);
                begun.countDown();
                assertThat(isWaitedFor(pool)).isTrue();
                assertThat(pausing.isDone()).isFalse();
            });
            assertThat(pausing.get()).isEqualTo(new Change(true, State.PAUSED));
        }
        assertThat(outbox.begin(10)).isEmpty();
        assertThat(standings(lane)).containsExactly("1 SENDING", "2 QUEUED");
    }

    @Test
    void pauses_and_begins_at_once_never_let_a_message_begin_after_a_pause() throws Exception {
        var lane = lane(given.coach("Jane"), Duration.ZERO, 100);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var round = 0; round < 10; round++) {
                var begins = List.of(pool.submit(() -> outbox.begin(4)), pool.submit(() -> outbox.begin(4)));
                lanes.pause(lane, "coffee");
                var pausedAt = jdbc.sql("SELECT clock_timestamp()").query(Instant.class).single();
                for (var begin : begins) {
                    begin.get();
                }
                assertThat(jdbc.sql("SELECT count(*) FROM attempt WHERE begun_at > :at")
                                .param("at", pausedAt.atOffset(ZoneOffset.UTC))
                                .query(Long.class)
                                .single())
                        .isZero();
                lanes.resume(lane);
            }
        }
    }

    @Test
    void single_messages_go_before_those_of_lanes() throws Exception {
        var jane = given.coach("Jane");
        lane(jane, Duration.ZERO, 50);
        given.leadWhoWrote(jane, JOHN);
        var reply = queue(jane, JOHN);
        assertThat(outbox.begin(5).stream().map(Attempt::messageId)).contains(reply);
    }

    @Test
    void coaches_get_equal_shares_however_many_lanes_they_have() {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        for (var n = 0; n < 5; n++) {
            lane(jane, Duration.ZERO, 20);
        }
        lane(ravi, Duration.ZERO, 100);
        var begun = outbox.begin(40).stream().map(Attempt::messageId).collect(Collectors.toSet());
        assertThat(ownedBy(ravi.id(), begun)).isEqualTo(20);
        assertThat(ownedBy(jane.id(), begun)).isEqualTo(20);
    }

    @Test
    void when_there_is_only_one_place_chance_is_fair() {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        for (var n = 0; n < 5; n++) {
            lane(jane, Duration.ZERO, 20);
        }
        lane(ravi, Duration.ZERO, 100);
        var begun = new HashSet<UUID>();
        for (var n = 0; n < 60; n++) {
            outbox.begin(1).forEach(attempt -> begun.add(attempt.messageId()));
        }
        assertThat(ownedBy(ravi.id(), begun)).isBetween(12L, 48L);
    }

    @Test
    void two_servers_begin_each_message_of_a_lane_once() throws Exception {
        lane(given.coach("Jane"), Duration.ZERO, 100);
        var begun = new ArrayList<UUID>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var both = List.of(pool.submit(this::beginAll), pool.submit(this::beginAll));
            for (var one : both) {
                begun.addAll(one.get());
            }
        }
        assertThat(begun).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void what_comes_back_to_a_cancelled_lane_is_taken_back_and_never_sent() {
        var jane = given.coach("Jane");
        var lane = lane(jane, Duration.ZERO, 2);
        var begun = outbox.begin(2);
        lanes.cancel(lane);
        sweep();
        assertThat(lanes.state(lane)).as("two are under way").isEqualTo(State.CANCELLING);
        results.record(begun.getFirst(), notSent());
        results.record(begun.getLast(), ambiguous());
        sweep();
        assertThat(lanes.state(lane)).isEqualTo(State.CANCELLED);
        assertThat(standings(lane)).containsExactly("1 CANCELLED", "1 UNKNOWN");
        assertThat(purse(jane)).isEqualTo(new Purse(99, 1, 0));

        results.record(begun.getLast(), notSent());
        assertThat(standings(lane)).containsExactly("2 CANCELLED");
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void what_comes_back_to_a_completed_lane_goes_on_by_itself() {
        var lane = lane(given.coach("Jane"), Duration.ZERO, 1);
        var begun = outbox.begin(1).getFirst();
        results.record(begun, ambiguous());
        sweep();
        assertThat(lanes.state(lane)).isEqualTo(State.COMPLETED);
        results.record(begun, notSent());
        assertThat(standings(lane)).containsExactly("1 QUEUED");
        timePasses();
        work.send();
        assertThat(standings(lane)).containsExactly("1 ACCEPTED");
        assertThat(lanes.state(lane)).isEqualTo(State.COMPLETED);
    }

    private static SendResult notSent() {
        return new SendResult.NotSent("connect refused");
    }

    private static SendResult ambiguous() {
        return new SendResult.Ambiguous("reset", null);
    }

    private List<UUID> beginAll() {
        var mine = new ArrayList<UUID>();
        for (var pass = 0; pass < 40; pass++) {
            outbox.begin(7).forEach(attempt -> mine.add(attempt.messageId()));
        }
        return mine;
    }

    private long ownedBy(UUID coach, Set<UUID> messages) {
        return jdbc.sql("SELECT count(*) FROM message WHERE coach_id = :coach AND id = ANY (:messages)")
                .param("coach", coach)
                .param("messages", messages.toArray(UUID[]::new))
                .query(Long.class)
                .single();
    }

    /// Asked in a transaction of its own: within one, the answer would stay what it was.
    private boolean isWaitedFor(ExecutorService pool) {
        var until = Instant.now().plusSeconds(5);
        while (Instant.now().isBefore(until)) {
            if (CompletableFuture.supplyAsync(this::waitingPauses, pool).join() > 0) {
                return true;
            }
        }
        return false;
    }

    private long waitingPauses() {
        return jdbc.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%PAUSED%'")
                .query(Long.class)
                .single();
    }
}
