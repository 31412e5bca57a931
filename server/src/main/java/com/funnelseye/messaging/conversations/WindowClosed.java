package com.funnelseye.messaging.conversations;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// Free text outside the 24-hour window: refused before anything is charged.
public final class WindowClosed extends Refusal {

    record Closed(Window window) {}

    WindowClosed(Window window) {
        super(
                HttpStatus.BAD_REQUEST,
                "WINDOW_CLOSED",
                "More than 24 hours have passed since this contact last wrote."
                        + " Only a template approved by WhatsApp may go now.",
                "Validation failed",
                new Closed(window));
    }
}
