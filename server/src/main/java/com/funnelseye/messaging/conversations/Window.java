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

    public static Window after(@Nullable Instant lastInbound, Instant now) {
        if (lastInbound == null) {
            return new Window(false, null);
        }
        var closesAt = lastInbound.plus(LENGTH);
        return new Window(now.isBefore(closesAt), closesAt);
    }
}
