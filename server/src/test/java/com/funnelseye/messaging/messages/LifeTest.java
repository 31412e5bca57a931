package com.funnelseye.messaging.messages;

import static com.funnelseye.messaging.messages.Life.Money.CAPTURE;
import static com.funnelseye.messaging.messages.Life.Money.REFUND;
import static com.funnelseye.messaging.messages.Story.CURRENT;
import static com.funnelseye.messaging.messages.Story.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.messages.Happening.Postponed;
import com.funnelseye.messaging.messages.Life.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each event does to a message in each state, and to its money.
class LifeTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        EVENT           | QUEUED                  | SENDING                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        accepted        | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED        | ACCEPTED | ACCEPTED  | ACCEPTED
        later           | QUEUED                  | QUEUED                  | QUEUED                  | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        rejected        | QUEUED                  | FAILED RELEASE          | FAILED RELEASE          | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        ambiguous       | QUEUED                  | UNKNOWN                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        lease expired   | QUEUED                  | UNKNOWN                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        former later    | QUEUED                  | SENDING                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        former rejected | QUEUED                  | SENDING                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        former ambiguous| QUEUED                  | SENDING                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        sent            | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED        | ACCEPTED | ACCEPTED  | ACCEPTED
        delivered       | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED        | ACCEPTED | ACCEPTED  | ACCEPTED
        read            | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED        | ACCEPTED | ACCEPTED  | ACCEPTED
        failed          | ACCEPTED CAPTURE REFUND | ACCEPTED CAPTURE REFUND | ACCEPTED CAPTURE REFUND | ACCEPTED REFUND | ACCEPTED | ACCEPTED  | ACCEPTED
        cancel          | CANCELLED RELEASE       | SENDING                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        resend          | QUEUED                  | SENDING                 | QUEUED                  | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        abandon         | QUEUED                  | SENDING                 | ABANDONED RELEASE       | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        """)
    void each_event_moves_each_state_as_agreed(
            String event,
            String queued,
            String sending,
            String unknown,
            String accepted,
            String failed,
            String cancelled,
            String abandoned) {
        var ends = List.of(queued, sending, unknown, accepted, failed, cancelled, abandoned)
                .iterator();
        for (var state : State.values()) {
            var before = settled(state);
            var story = new Story(Story.from(state).end(), before).then(event);
            var money = story.money().subList(before.size(), story.money().size());
            var end = story.end().state()
                    + String.join("", money.stream().map(move -> " " + move).toList());
            assertThat(end).as("%s while %s", event, state).isEqualTo(ends.next());
        }
    }

    @Test
    void only_an_operators_order_to_resend_counts_as_one() {
        for (var state : State.values()) {
            var resends = Story.from(state).then("resend").end().resends();
            assertThat(resends).as("%s", state).isEqualTo(state == State.UNKNOWN ? 1 : 0);
        }
    }

    @Test
    void one_more_attempt_has_the_time_and_the_tries_of_a_first_one() {
        var resent = Story.from(State.UNKNOWN).then("resend").end();
        assertThat(resent.tries()).isZero();
        assertThat(resent.state()).isEqualTo(State.QUEUED);
    }

    @Test
    void what_was_abandoned_is_shown_as_failed_until_whatsapp_says_otherwise() {
        var abandoned = Story.from(State.UNKNOWN).then("abandon");
        assertThat(abandoned.end().status()).isEqualTo(MessageStatus.FAILED);
        assertThat(abandoned.end().progress().failure()).isEqualTo(Failure.ABANDONED);

        var reported = abandoned.then("delivered");
        assertThat(reported.end().status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(reported.end().progress().failure()).isNull();
        assertThat(reported.money()).containsExactly(Money.RELEASE);
    }

    @Test
    void the_first_attempts_report_settles_a_message_whose_second_is_still_to_come() {
        var story = Story.from(State.UNKNOWN).then("resend").then("delivered");
        assertThat(story.end().state()).isEqualTo(State.ACCEPTED);
        assertThat(story.money()).containsExactly(CAPTURE);
    }

    @Test
    void an_arrival_after_the_failure_shows_and_leaves_the_refund() {
        var story = Story.from(State.SENDING).then("failed").then("delivered");
        assertThat(story.end().status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(story.money()).containsExactly(CAPTURE, REFUND);
    }

    @Test
    void a_failure_after_the_arrival_costs_nobody_anything() {
        var story = Story.from(State.SENDING).then("delivered").then("failed");
        assertThat(story.end().status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(story.money()).containsExactly(CAPTURE);
    }

    @Test
    void the_twelfth_try_is_the_last() {
        assertThat(later(11, NOON).state()).isEqualTo(State.QUEUED);
        assertThat(later(12, NOON).progress().failure()).isEqualTo(Failure.EXPIRED);
    }

    @Test
    void after_a_day_no_more_tries_are_made() {
        assertThat(later(1, NOON.plus(Duration.ofHours(24))).state()).isEqualTo(State.QUEUED);
        assertThat(later(1, NOON.plus(Duration.ofHours(24)).plusSeconds(1))
                        .progress()
                        .failure())
                .isEqualTo(Failure.EXPIRED);
    }

    private static Life later(int tries, Instant at) {
        var life = new Life(new UUID(1, 1), State.SENDING, CURRENT, tries, NOON, 0, Progress.NONE);
        return life.after(new Postponed(CURRENT, at)).life();
    }

    /// What the ledger holds of a message in this state.
    private static List<Money> settled(State state) {
        return new ArrayList<>(
                switch (state) {
                    case QUEUED, SENDING, UNKNOWN -> List.of();
                    case ACCEPTED -> List.of(CAPTURE);
                    case FAILED, CANCELLED, ABANDONED -> List.of(Money.RELEASE);
                });
    }
}
