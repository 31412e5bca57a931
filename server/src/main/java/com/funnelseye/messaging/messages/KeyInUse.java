package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

final class KeyInUse extends Refusal {

    KeyInUse() {
        super(
                HttpStatus.CONFLICT,
                "IDEMPOTENCY_KEY_IN_USE",
                "A request with this Idempotency-Key is still being accepted. Please try again shortly.",
                "Conflict");
    }
}
