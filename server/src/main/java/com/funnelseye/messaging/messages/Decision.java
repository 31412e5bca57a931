package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import org.jspecify.annotations.Nullable;

/// Why an operator decides so; kept in the audit.
record Decision(@Nullable String reason) {

    private static final int MAX_REASON_CHARS = 500;

    String given() {
        if (reason == null || reason.isBlank()) {
            throw Refusal.invalid("reason", "reason is required");
        }
        if (reason.codePointCount(0, reason.length()) > MAX_REASON_CHARS) {
            throw Refusal.invalid("reason", "reason must be at most %d characters".formatted(MAX_REASON_CHARS));
        }
        return reason.strip();
    }
}
