package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What may be asked of a send besides whom and what.
///
/// @param replyTo the message it quotes, of the same conversation
/// @param scheduledAt when it shall go; null is now
public record SendOptions(@Nullable UUID replyTo, @Nullable Instant scheduledAt) {

    public static final SendOptions NONE = new SendOptions(null, null);

    static final Duration MAX_AHEAD = Duration.ofDays(365);

    /// From a request. Whether the time is in the future is for [#requireFuture] to say.
    public static SendOptions of(@Nullable UUID replyTo, @Nullable String scheduledAt) {
        return new SendOptions(replyTo, scheduledAt == null ? null : time(scheduledAt));
    }

    void requireFuture(Instant now) {
        if (scheduledAt != null && !scheduledAt.isAfter(now)) {
            throw Refusal.invalid("scheduledAt", "scheduledAt must be in the future");
        }
        if (scheduledAt != null && scheduledAt.isAfter(now.plus(MAX_AHEAD))) {
            throw Refusal.invalid("scheduledAt", "scheduledAt must be at most a year ahead");
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException noTime) {
            throw Refusal.invalid("scheduledAt", "scheduledAt must be a time like 2026-01-15T14:30:00.000Z");
        }
    }
}
