package com.funnelseye.messaging.bulk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.funnelseye.messaging.messages.SenderType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A bulk as it is at this moment. Always: successful + failed + skipped + pending + unconfirmed + cancelled = total.
///
/// @param coachId whose it is; null for an admin's that goes into each lead's own coach's thread
/// @param creditsReserved promised to messages that are not settled
/// @param creditsUsed spent, after refunds
/// @param ratePerMinute messages a minute while it runs, at most
/// @param etaSeconds until nothing is pending, if all goes well; null when it stands still
/// @param pausedReason null unless paused
/// @param parentId the bulk whose failed recipients this one tries again
record Bulk(
        UUID bulkId,
        @Nullable UUID coachId,
        SenderType senderType,
        @Nullable String name,
        Status status,
        long total,
        long successful,
        long failed,
        long skipped,
        long pending,
        long unconfirmed,
        long cancelled,
        long creditsReserved,
        long creditsUsed,
        int delay,
        @Nullable Integer autoPauseAfterFailures,
        long ratePerMinute,
        @Nullable Long etaSeconds,
        Instant createdAt,
        @Nullable Instant scheduledAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String pausedReason,
        @Nullable UUID parentId) {

    enum Status {
        SCHEDULED,
        RUNNING,
        PAUSED,
        CANCELLING,
        CANCELLED,
        /// Nothing waits; what is unconfirmed may be settled later.
        COMPLETED
    }

    @JsonIgnore
    boolean isOver() {
        return status == Status.CANCELLED || status == Status.COMPLETED;
    }
}
