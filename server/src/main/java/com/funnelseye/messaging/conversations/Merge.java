package com.funnelseye.messaging.conversations;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One contact that became part of another.
///
/// @param contactId the contact both are now
/// @param merged the contact that went, whose number still leads here
/// @param undoUntil when it becomes final
/// @param undoneAt null while it holds
record Merge(
        @JsonProperty("_id") UUID id,
        UUID contactId,
        MergedContact merged,
        Instant mergedAt,
        Instant undoUntil,
        @Nullable Instant undoneAt) {

    static final Duration UNDO = Duration.ofDays(7);

    record MergedContact(
            @JsonProperty("_id") UUID id,
            @Nullable String name,
            @Nullable String phone) {}
}
