package com.funnelseye.messaging.messages;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The life of one outbound message: all that moves, and the one place that says how. Reports may come late, twice and
/// in any order; the result depends only on which came.
///
/// @param attemptId the attempt that is or was last under way
/// @param tries attempts begun so far
/// @param since when the message was first due
record Life(
        UUID messageId,
        State state,
        @Nullable UUID attemptId,
        int tries,
        @Nullable Instant since,
        @Nullable String wamid,
        @Nullable Instant acceptedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant readAt,
        @Nullable Instant failedAt,
        @Nullable Failure failure) {

    static final int MAX_TRIES = 12;
    static final Duration MAX_AGE = Duration.ofHours(24);

    /// What a step does to the reserved credit. Each happens at most once in a life: the ledger sees to it.
    enum Money {
        CAPTURE,
        RELEASE,
        REFUND
    }

    record Step(Life life, Set<Money> money) {}

    Step after(Happening happening) {
        return switch (happening) {
            case Happening.Accepted(var wamid, var at) -> accepted(wamid, at);
            case Happening.Postponed(var attempt, var at) -> isUnderWay(attempt) ? postponed(at) : unchanged();
            case Happening.Rejected(var attempt, var at, var why) ->
                isUnderWay(attempt) ? rejected(at, why) : unchanged();
            case Happening.Cancelled() ->
                state == State.QUEUED ? new Step(with(State.CANCELLED).life(), EnumSet.of(Money.RELEASE)) : unchanged();
            case Happening.LostSight(var attempt) -> isUnderWay(attempt) ? with(State.UNKNOWN) : unchanged();
            case Happening.Sent(var at) -> unchanged(seen(earliest(acceptedAt, at), deliveredAt, readAt));
            case Happening.Delivered(var at) -> unchanged(seen(acceptedAt, earliest(deliveredAt, at), readAt));
            case Happening.Read(var at) -> unchanged(seen(acceptedAt, deliveredAt, earliest(readAt, at)));
            case Happening.FailedLater(var at, var why) -> failedLater(at, why);
        };
    }

    MessageStatus status() {
        return MessageStatus.of(state, deliveredAt, readAt, failedAt);
    }

    /// A result counts only for the attempt that is still under way: otherwise the world has moved on.
    private boolean isUnderWay(UUID attempt) {
        return attempt.equals(attemptId) && (state == State.SENDING || state == State.UNKNOWN);
    }

    /// Also out of a final state: WhatsApp has it, whatever we thought. Only an open message is charged for it.
    private Step accepted(String wamid, Instant at) {
        if (state == State.ACCEPTED) {
            return unchanged(seen(earliest(acceptedAt, at), deliveredAt, readAt));
        }
        var held = new Life(
                messageId,
                State.ACCEPTED,
                attemptId,
                tries,
                since,
                wamid,
                earliest(acceptedAt, at),
                deliveredAt,
                readAt,
                null,
                null);
        return state.isOpen() ? new Step(held, EnumSet.of(Money.CAPTURE)) : unchanged(held);
    }

    private Step postponed(Instant at) {
        var tooLate = since != null && at.isAfter(since.plus(MAX_AGE));
        return tries >= MAX_TRIES || tooLate ? rejected(at, Failure.EXPIRED) : with(State.QUEUED);
    }

    private Step rejected(Instant at, Failure why) {
        var failed = new Life(
                messageId, State.FAILED, attemptId, tries, since, wamid, acceptedAt, deliveredAt, readAt, at, why);
        return new Step(failed, EnumSet.of(Money.RELEASE));
    }

    /// The refund is due unless the message is known to have arrived; once made it is final.
    private Step failedLater(Instant at, Failure why) {
        var first = failedAt == null || failure == null || earlier(at, why);
        var failed = new Life(
                messageId,
                state,
                attemptId,
                tries,
                since,
                wamid,
                acceptedAt,
                deliveredAt,
                readAt,
                first ? at : failedAt,
                first ? why : failure);
        var arrived = deliveredAt != null || readAt != null;
        return new Step(failed, arrived ? EnumSet.noneOf(Money.class) : EnumSet.of(Money.REFUND));
    }

    private boolean earlier(Instant at, Failure why) {
        record Dated(Instant at, String code) {}
        return failedAt != null
                && failure != null
                && Comparator.comparing(Dated::at)
                                .thenComparing(Dated::code)
                                .compare(new Dated(at, why.code()), new Dated(failedAt, failure.code()))
                        < 0;
    }

    private Life seen(@Nullable Instant accepted, @Nullable Instant delivered, @Nullable Instant read) {
        return new Life(messageId, state, attemptId, tries, since, wamid, accepted, delivered, read, failedAt, failure);
    }

    private Step with(State next) {
        return unchanged(new Life(
                messageId, next, attemptId, tries, since, wamid, acceptedAt, deliveredAt, readAt, failedAt, failure));
    }

    private Step unchanged() {
        return unchanged(this);
    }

    private static Step unchanged(Life life) {
        return new Step(life, EnumSet.noneOf(Money.class));
    }

    private static Instant earliest(@Nullable Instant known, Instant reported) {
        return known == null || reported.isBefore(known) ? reported : known;
    }
}
