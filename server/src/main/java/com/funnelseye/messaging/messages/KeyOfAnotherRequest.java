package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

final class KeyOfAnotherRequest extends Refusal {

    KeyOfAnotherRequest() {
        super(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "IDEMPOTENCY_KEY_REUSED",
                "This Idempotency-Key was used with another request",
                "Unprocessable Content");
    }
}
