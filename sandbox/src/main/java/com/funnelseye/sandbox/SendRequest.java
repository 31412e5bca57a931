package com.funnelseye.sandbox;

import org.jspecify.annotations.Nullable;

/// What a valid call of /messages asks for.
sealed interface SendRequest {

    /// @param input the recipient as it was written
    /// @param to the recipient's digits
    record Message(
            String input,
            String to,
            Content content,
            @Nullable String quoting,
            @Nullable String callbackData) implements SendRequest {}

    /// @param type Meta's word for it
    /// @param text the words, or a file's caption; empty when there are none
    /// @param link where a file is to be fetched from; the sandbox leaves it there
    record Content(
            String type,
            String text,
            @Nullable String link,
            @Nullable String filename) {}

    /// The business has read a customer's message, and perhaps begins to type.
    record MarkAsRead(String wamid, boolean typing) implements SendRequest {}
}
