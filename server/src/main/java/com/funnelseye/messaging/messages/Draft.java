package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody wants to say, checked as far as it does not depend on whom it is said to.
public sealed interface Draft {

    int MAX_TEXT_CHARS = 4096;
    int MAX_CAPTION_CHARS = 1024;

    record Text(String text) implements Draft {}

    /// A file that WhatsApp fetches itself.
    record Media(MediaLink link, @Nullable String caption) implements Draft {}

    /// @param parameters values that win over the contact's own, by parameter name
    record FromTemplate(UUID templateId, Map<String, ? extends @Nullable String> parameters) implements Draft {}

    static Text text(@Nullable String message) {
        if (message == null || message.isBlank()) {
            throw Refusal.invalid("message", "Message text is required");
        }
        return new Text(within("message", message, MAX_TEXT_CHARS));
    }

    static String within(String field, String text, int max) {
        if (text.codePointCount(0, text.length()) > max) {
            throw Refusal.invalid(field, "%s must be at most %d characters".formatted(field, max));
        }
        return text;
    }
}
