package com.funnelseye.messaging.messages;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What people see of a message. It is computed from facts and never steps back; proof of arrival outranks a failure.
public enum MessageStatus {
    QUEUED,
    SENDING,
    SENT,
    DELIVERED,
    READ,
    FAILED,
    UNCONFIRMED,
    CANCELLED;

    static MessageStatus of(
            State state, @Nullable Instant deliveredAt, @Nullable Instant readAt, @Nullable Instant failedAt) {
        if (readAt != null) {
            return READ;
        }
        if (deliveredAt != null) {
            return DELIVERED;
        }
        if (failedAt != null) {
            return FAILED;
        }
        return switch (state) {
            case QUEUED -> QUEUED;
            case SENDING -> SENDING;
            case UNKNOWN -> UNCONFIRMED;
            case ACCEPTED -> SENT;
            case FAILED, ABANDONED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }
}
