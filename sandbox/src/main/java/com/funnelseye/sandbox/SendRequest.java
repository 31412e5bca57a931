package com.funnelseye.sandbox;

import org.jspecify.annotations.Nullable;

/// What a valid call of /messages asks for.
sealed interface SendRequest {

    /// @param input the recipient as it was written
    /// @param to the recipient's digits
    record Text(
            String input,
            String to,
            String body,
            @Nullable String quoting,
            @Nullable String callbackData) implements SendRequest {}

    /// The business has read a customer's message, and perhaps begins to type.
    record MarkAsRead(String wamid, boolean typing) implements SendRequest {}
}
