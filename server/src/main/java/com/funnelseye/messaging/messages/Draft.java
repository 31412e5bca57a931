package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import org.jspecify.annotations.Nullable;

/// What somebody wants to say, checked.
public record Draft(MessageType type, String text) {

    public static final int MAX_TEXT_CHARS = 4096;

    /// From a request. `type` defaults to text.
    public static Draft of(@Nullable String type, @Nullable String message) {
        if (type != null && !type.equals("text")) {
            throw Refusal.invalid("type", "type must be text");
        }
        if (message == null || message.isBlank()) {
            throw Refusal.invalid("message", "Message text is required");
        }
        if (message.codePointCount(0, message.length()) > MAX_TEXT_CHARS) {
            throw Refusal.invalid("message", "message must be at most %d characters".formatted(MAX_TEXT_CHARS));
        }
        return new Draft(MessageType.TEXT, message);
    }
}
