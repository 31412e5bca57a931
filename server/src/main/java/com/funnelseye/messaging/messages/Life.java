package com.funnelseye.messaging.messages;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The life of one outbound message: all that moves, and the one place that says how. Reports may come late, twice and
/// in any order; the result depends only on which came.
///
/// @param attemptId the attempt that is or was last under way
/// @param tries attempts begun since it was first due, or since an operator ordered one more
/// @param since when the message was first due, or an operator ordered one more attempt
/// @param resends attempts an operator ordered beyond the first
record Life(
        UUID messageId,
        State state,
        @Nullable UUID attemptId,
        int tries,
        @Nullable Instant since,
        int resends,
        Progress progress) {

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
                isUnderWay(attempt) ? ended(State.FAILED, at, why) : unchanged();
            case Happening.Cancelled() -> state == State.QUEUED ? cancelled() : unchanged();
            case Happening.LostSight(var attempt) -> isUnderWay(attempt) ? to(State.UNKNOWN) : unchanged();
            case Happening.Resent() -> state == State.UNKNOWN ? resent() : unchanged();
            case Happening.Abandoned(var at) ->
                state == State.UNKNOWN ? ended(State.ABANDONED, at, Failure.ABANDONED) : unchanged();
            case Happening.Delivered(var at) -> with(progress.delivered(at));
            case Happening.Read(var at) -> with(progress.read(at));
            case Happening.FailedLater(var at, var why) -> failedLater(at, why);
        };
    }

    MessageStatus status() {
        return MessageStatus.of(state, progress.deliveredAt(), progress.readAt(), progress.failedAt());
    }

    /// A result counts only for the attempt that is still under way: otherwise the world has moved on.
    private boolean isUnderWay(UUID attempt) {
        return attempt.equals(attemptId) && (state == State.SENDING || state == State.UNKNOWN);
    }

    /// Also out of a final state: WhatsApp has it, whatever we thought. Only an open message is charged for it.
    private Step accepted(String wamid, Instant at) {
        if (state == State.ACCEPTED) {
            return with(progress.accepted(wamid, at));
        }
        var held = in(State.ACCEPTED, progress.withoutFailure().accepted(wamid, at));
        return state.isOpen() ? new Step(held, EnumSet.of(Money.CAPTURE)) : unchanged(held);
    }

    private Step postponed(Instant at) {
        var tooLate = since != null && at.isAfter(since.plus(MAX_AGE));
        return tries >= MAX_TRIES || tooLate ? ended(State.FAILED, at, Failure.EXPIRED) : to(State.QUEUED);
    }

    private Step ended(State end, Instant at, Failure why) {
        return new Step(in(end, progress.failed(at, why)), EnumSet.of(Money.RELEASE));
    }

    private Step cancelled() {
        return new Step(in(State.CANCELLED, progress), EnumSet.of(Money.RELEASE));
    }

    /// The credit stays reserved, for whichever attempt turns out to have been accepted.
    private Step resent() {
        return unchanged(new Life(messageId, State.QUEUED, attemptId, 0, since, resends + 1, progress));
    }

    /// The refund is due unless the message is known to have arrived; once made it is final.
    private Step failedLater(Instant at, Failure why) {
        var failed = in(state, progress.failed(at, why));
        return progress.hasArrived() ? unchanged(failed) : new Step(failed, EnumSet.of(Money.REFUND));
    }

    private Step to(State next) {
        return unchanged(in(next, progress));
    }

    private Step with(Progress told) {
        return unchanged(in(state, told));
    }

    private Life in(State next, Progress told) {
        return new Life(messageId, next, attemptId, tries, since, resends, told);
    }

    private Step unchanged() {
        return unchanged(this);
    }

    private static Step unchanged(Life life) {
        return new Step(life, EnumSet.noneOf(Money.class));
    }
}
