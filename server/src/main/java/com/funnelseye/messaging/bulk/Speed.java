package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.bulk.Bulk.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How fast a bulk goes at best, and how long that takes.
///
/// @param delayMs between two recipients
record Speed(int delayMs) {

    /// WhatsApp takes no more from one number.
    static final double MAX_PER_SECOND = 80;

    long perMinute() {
        return (long) Math.floor(60_000 / spacingMs());
    }

    /// For so many recipients, from the first to the last.
    Duration lasting(long recipients) {
        return Duration.ofMillis((long) Math.ceil(Math.max(0, recipients - 1) * spacingMs()));
    }

    @Nullable
    Long etaSeconds(Status status, long pending, @Nullable Instant startsAt, Instant now) {
        var seconds = (lasting(pending + 1).toMillis() + 999) / 1000;
        return switch (status) {
            case RUNNING -> seconds;
            case SCHEDULED ->
                seconds + (startsAt == null ? 0 : Math.max(0, Duration.between(now, startsAt).toSeconds()));
            case COMPLETED, CANCELLED -> 0L;
            case PAUSED, CANCELLING -> null;
        };
    }

    private double spacingMs() {
        return Math.max(delayMs, 1000 / MAX_PER_SECOND);
    }
}
