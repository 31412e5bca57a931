package com.funnelseye.messaging.whatsapp;

import org.jspecify.annotations.Nullable;

/// How WhatsApp answers when asked about the business number.
public sealed interface Health {

    /// Meta's own words, null where it left one out.
    ///
    /// @param qualityRating GREEN, YELLOW, RED, NA or UNKNOWN
    /// @param status CONNECTED, or why the number may not send
    /// @param throughput STANDARD or HIGH
    record Up(
            @Nullable String verifiedName,
            @Nullable String displayPhoneNumber,
            @Nullable String qualityRating,
            @Nullable String status,
            @Nullable String throughput)
            implements Health {}

    /// WhatsApp answered, and not in our favour: token, policy, permissions.
    record Refused(GraphError error) implements Health {}

    record Unreachable(String cause) implements Health {}
}
