package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// Marketing to somebody who takes none, whoever sends it: refused before anything is charged.
final class OptedOut extends Refusal {

    OptedOut() {
        super(
                HttpStatus.BAD_REQUEST,
                "OPTED_OUT",
                "This contact opted out of marketing. A reply or a template that is no marketing may still be sent.",
                "Validation failed");
    }
}
