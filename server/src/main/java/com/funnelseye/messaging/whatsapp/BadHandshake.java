package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// Whoever asks to subscribe does not know our verify token.
final class BadHandshake extends Refusal {

    BadHandshake() {
        super(HttpStatus.FORBIDDEN, "FORBIDDEN", "Access denied. Insufficient permissions.", "Forbidden");
    }
}
