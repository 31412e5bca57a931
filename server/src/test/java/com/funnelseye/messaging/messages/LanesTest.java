package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.messages.Lane.Change;
import com.funnelseye.messaging.messages.Lane.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;

/// The states of a lane.
class LanesTest extends LaneTest {

    @Test
    void a_lane_is_paused_resumed_and_cancelled_and_says_whether_that_changed_it() {
        var lane = lane(given.coach("Jane"), Duration.ZERO, 3);
        assertThat(lanes.state(lane)).isEqualTo(State.RUNNING);
        assertThat(lanes.resume(lane)).isEqualTo(new Change(false, State.RUNNING));
        assertThat(lanes.pause(lane, "coffee")).isEqualTo(new Change(true, State.PAUSED));
        assertThat(lanes.byId(lane).pausedReason()).isEqualTo("coffee");
        assertThat(lanes.pause(lane, "tea")).isEqualTo(new Change(false, State.PAUSED));
        assertThat(lanes.byId(lane).pausedReason()).isEqualTo("coffee");
        assertThat(lanes.resume(lane)).isEqualTo(new Change(true, State.RUNNING));
        assertThat(lanes.byId(lane).pausedReason()).isNull();
        assertThat(lanes.cancel(lane)).isEqualTo(new Change(true, State.CANCELLING));
        assertThat(lanes.cancel(lane)).isEqualTo(new Change(false, State.CANCELLING));
        assertThat(lanes.pause(lane, "coffee")).isEqualTo(new Change(false, State.CANCELLING));
        assertThat(lanes.resume(lane)).isEqualTo(new Change(false, State.CANCELLING));
        sweep();
        assertThat(lanes.cancel(lane)).isEqualTo(new Change(false, State.CANCELLED));
    }

    @Test
    void what_waits_in_a_cancelled_lane_is_taken_back_with_its_credit_in_batches() {
        var jane = given.coach("Jane");
        jdbc.sql("INSERT INTO ledger_entry (coach_id, kind, amount) VALUES (:jane, 'TOPUP', 1000)")
                .param("jane", jane.id())
                .update();
        var lane = lane(jane, Duration.ZERO, 2 * LaneEnds.BATCH + 1);
        assertThat(purse(jane)).isEqualTo(new Purse(99, 1001, 0));
        lanes.cancel(lane);
        assertThat(work.pass("laneWork")).isEqualTo(LaneEnds.BATCH);
        assertThat(lanes.state(lane)).isEqualTo(State.CANCELLING);
        sweep();
        assertThat(standings(lane)).isEqualTo(List.of("1001 CANCELLED"));
        assertThat(lanes.state(lane)).isEqualTo(State.CANCELLED);
        assertThat(lanes.byId(lane).endedAt()).isNotNull();
        assertThat(purse(jane)).isEqualTo(new Purse(1100, 0, 0));
    }

    @Test
    void a_lane_with_a_time_begins_then_and_not_before_also_when_it_was_paused_meanwhile() {
        var jane = given.coach("Jane");
        var lane = lane(jane, Duration.ZERO, Instant.now().plusSeconds(3600), 2);
        assertThat(lanes.state(lane)).isEqualTo(State.SCHEDULED);
        assertThat(work.pass("laneWork")).isZero();
        assertThat(lanes.pause(lane, "coffee")).isEqualTo(new Change(true, State.PAUSED));
        assertThat(lanes.resume(lane)).isEqualTo(new Change(true, State.SCHEDULED));
        assertThat(lanes.byId(lane).startedAt()).isNull();

        jdbc.sql("UPDATE lane SET starts_at = now()").update();
        assertThat(work.pass("laneWork")).isEqualTo(1);
        assertThat(lanes.state(lane)).isEqualTo(State.RUNNING);
        assertThat(lanes.byId(lane).startedAt()).isNotNull();
    }

    @Test
    void a_lane_without_messages_is_completed() {
        var lane = lane(given.coach("Jane"), Duration.ZERO, 0);
        sweep();
        assertThat(lanes.state(lane)).isEqualTo(State.COMPLETED);
        assertThat(lanes.cancel(lane)).isEqualTo(new Change(false, State.COMPLETED));
    }

    @Test
    void lanes_of_a_suspended_coach_pause_and_go_on_unless_somebody_paused_them() {
        var jane = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        var going = lane(jane, Duration.ZERO, 1);
        var later = lane(jane, Duration.ZERO, Instant.now().plusSeconds(3600), 1);
        var paused = lane(jane, Duration.ZERO, 1);
        var ravis = lane(given.coach("Ravi"), Duration.ZERO, 1);
        lanes.pause(paused, "coffee");

        post(admin.http(), "/api/messaging/admin/coaches/" + jane.id() + "/suspend", Map.of("reason", "unpaid"));
        assertThat(List.of(going, later, paused, ravis).stream().map(lanes::state))
                .containsExactly(State.PAUSED, State.PAUSED, State.PAUSED, State.RUNNING);
        assertThat(lanes.runningOf(jane.id())).isZero();

        post(admin.http(), "/api/messaging/admin/coaches/" + jane.id() + "/activate", Map.of());
        assertThat(List.of(going, later, paused, ravis).stream().map(lanes::state))
                .containsExactly(State.RUNNING, State.SCHEDULED, State.PAUSED, State.RUNNING);
        assertThat(lanes.runningOf(jane.id())).isEqualTo(1);
    }

    @Test
    void all_lanes_can_be_paused_at_once() {
        var janes = lane(given.coach("Jane"), Duration.ZERO, 1);
        var ravis = lane(given.coach("Ravi"), Duration.ZERO, 1);
        assertThat(lanes.pauseAll("spam")).isEqualTo(2);
        assertThat(lanes.byId(janes).pausedReason()).isEqualTo("spam");
        assertThat(lanes.byId(ravis).pausedReason()).isEqualTo("spam");
        assertThat(lanes.pauseAll("spam")).isZero();
    }

    @Test
    void a_lane_is_opened_together_with_its_messages_or_not_at_all() {
        assertThatThrownBy(() -> lanes.open(UUID.randomUUID(), null, Duration.ZERO, null))
                .isInstanceOf(IllegalTransactionStateException.class);
    }
}
