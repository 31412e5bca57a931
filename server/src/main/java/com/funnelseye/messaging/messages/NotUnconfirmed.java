package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import java.util.Map;
import org.springframework.http.HttpStatus;

/// Only what nobody knows the outcome of can be sent once more or given up.
final class NotUnconfirmed extends Refusal {

    NotUnconfirmed(MessageStatus status) {
        super(
                HttpStatus.CONFLICT,
                "NOT_UNCONFIRMED",
                "This message is not unconfirmed",
                "Conflict",
                Map.of("status", status));
    }
}
