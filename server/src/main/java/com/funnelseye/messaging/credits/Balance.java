package com.funnelseye.messaging.credits;

import org.jspecify.annotations.Nullable;

/// A coach's credits. `available` can be spent; `reserved` is promised to messages not settled yet.
public record Balance(long available, long reserved, long spent, CreditStatus status) {

    public enum CreditStatus {
        ACTIVE,
        SUSPENDED,
        EXPIRED
    }

    /// Whether `price` may be reserved now; null when it may.
    @Nullable
    String obstacle(long price) {
        return switch (status) {
            case ACTIVE -> available >= price ? null : "Insufficient credits to send messages";
            case SUSPENDED -> "Your credits are suspended";
            case EXPIRED -> "Your credits have expired";
        };
    }
}
