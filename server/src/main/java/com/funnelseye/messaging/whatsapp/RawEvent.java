package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.http.Ids;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One thing a webhook told us, as it is stored: not yet read for its meaning.
record RawEvent(
        UUID id,
        Kind kind,
        @Nullable String phoneNumberId,
        @Nullable String wamid,
        String payload) {

    enum Kind {
        STATUS,
        MESSAGE,
        PREFERENCE,
        OTHER
    }

    /// Kept for people and for later releases: of no known kind, or unreadable.
    static RawEvent other(@Nullable String phoneNumberId, String payload) {
        return new RawEvent(Ids.next(), Kind.OTHER, phoneNumberId, null, payload);
    }
}
