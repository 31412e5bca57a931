package com.funnelseye.messaging.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One line of a bulk and how it fared.
///
/// @param position in the request, from 0
/// @param contact the number in E.164; what was typed when that is no number
/// @param messageId null when it became no message
/// @param code why it was skipped or failed
/// @param retryableAt before this WhatsApp would refuse it again
record Recipient(
        int position,
        @Nullable String contact,
        @Nullable String name,
        @Nullable UUID leadId,
        Status status,
        @Nullable UUID messageId,
        @Nullable String code,
        @Nullable String error,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Instant retryableAt,

        @Nullable Instant acceptedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant readAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID retriedIn) {

    /// A message's status, or skipped: then there is no message.
    enum Status {
        SKIPPED,
        QUEUED,
        SENDING,
        SENT,
        DELIVERED,
        READ,
        FAILED,
        UNCONFIRMED,
        CANCELLED
    }
}
