package com.funnelseye.messaging.conversations;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// A conversation with a message that is scheduled, under way or unconfirmed stays where it is.
final class StillSending extends Refusal {

    StillSending() {
        super(
                HttpStatus.CONFLICT,
                "STILL_SENDING",
                "Messages of this conversation are still on their way. Cancel what is scheduled, or try again later.",
                "Conflict");
    }
}
