package com.funnelseye.messaging.conversations;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The customer service window: free text may be sent for 24 hours after the person's last message to the business
/// number.
///
/// @param closesAt when it closes or closed; null when the person never wrote
public record Window(boolean open, @Nullable Instant closesAt) {

    @JsonIgnore
    public static final Duration LENGTH = Duration.ofHours(24);

    /// What to say of free text that shall go at `at` (null: now); null when the window will still be open by then.
    public @Nullable String warningFor(@Nullable Instant at) {
        return at == null || (closesAt != null && at.isBefore(closesAt))
                ? null
                : "The 24-hour window will have closed by then, unless the contact writes again. Consider a template.";
    }

    public static Window after(@Nullable Instant lastInbound, Instant now) {
        if (lastInbound == null) {
            return new Window(false, null);
        }
        var closesAt = lastInbound.plus(LENGTH);
        return new Window(now.isBefore(closesAt), closesAt);
    }
}
