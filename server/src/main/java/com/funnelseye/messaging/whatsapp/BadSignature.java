package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// Not signed by Meta. Absent, malformed and wrong are told apart to nobody.
final class BadSignature extends Refusal {

    BadSignature() {
        super(HttpStatus.UNAUTHORIZED, "UNAUTHORIZED", "Access denied. Invalid token.", "Unauthorized");
    }
}
