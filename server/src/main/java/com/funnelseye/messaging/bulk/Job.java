package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.messages.DraftRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a bulk shall go.
///
/// @param draft what is said, as it was asked for
/// @param scheduledAt null is now
/// @param autoPauseAfterFailures null never pauses
/// @param parentId the bulk whose failed recipients this one tries again
record Job(
        @Nullable String name,
        DraftRequest draft,
        int delayMs,
        @Nullable Instant scheduledAt,
        @Nullable Integer autoPauseAfterFailures,
        @Nullable UUID parentId) {}
