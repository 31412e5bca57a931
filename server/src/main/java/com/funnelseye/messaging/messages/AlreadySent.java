package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// A message that no longer waits for its time cannot be changed or taken back.
final class AlreadySent extends Refusal {

    AlreadySent() {
        super(HttpStatus.CONFLICT, "ALREADY_SENT", "This message is already on its way", "Conflict");
    }
}
