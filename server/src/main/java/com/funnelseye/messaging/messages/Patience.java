package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.FromHeader;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long a request waits for WhatsApp's answer before it is told "accepted, not finished" (RFC 7240 `Prefer`).
@FromHeader(
        value = "Prefer",
        description = "`respond-async` answers 202 at once; `wait=N` waits up to N seconds for WhatsApp, at most 30.")
public record Patience(Duration atMost) {

    static final Patience USUAL = new Patience(Duration.ofSeconds(10));
    private static final int MAX_SECONDS = 30;
    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*(\\d{1,6})");

    /// Preferences that are not understood are ignored, as the RFC wants.
    static Patience of(@Nullable String prefer) {
        if (prefer == null) {
            return USUAL;
        }
        if (prefer.contains("respond-async")) {
            return new Patience(Duration.ZERO);
        }
        var wait = WAIT.matcher(prefer);
        return wait.find()
                ? new Patience(Duration.ofSeconds(Math.min(Integer.parseInt(wait.group(1)), MAX_SECONDS)))
                : USUAL;
    }
}
