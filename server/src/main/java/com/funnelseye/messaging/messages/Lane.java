package com.funnelseye.messaging.messages;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Messages that are paced and paused together. What it holds, and how far that has come, is its owner's affair.
///
/// @param pausedReason why it is paused; null in every other state
/// @param startsAt when it may begin
/// @param startedAt when it first ran
/// @param endedAt when it was completed or cancelled
public record Lane(
        UUID id,
        @Nullable UUID coachId,
        State state,
        @Nullable String pausedReason,
        Instant startsAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    public enum State {
        /// Waits for its time.
        SCHEDULED,
        RUNNING,
        PAUSED,
        /// Nothing more is begun; what waits is being taken back.
        CANCELLING,
        CANCELLED,
        /// Nothing waits and nothing is under way. What is unconfirmed may still be settled.
        COMPLETED;

        /// Nothing of the lane is sent any more.
        boolean isOver() {
            return compareTo(CANCELLING) >= 0;
        }
    }

    /// What an order to a lane came to.
    ///
    /// @param changed false when the lane was there already, or past it
    public record Change(boolean changed, State state) {}
}
