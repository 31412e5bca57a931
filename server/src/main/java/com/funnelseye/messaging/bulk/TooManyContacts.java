package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.http.Refusal;
import java.util.Map;
import org.springframework.http.HttpStatus;

final class TooManyContacts extends Refusal {

    TooManyContacts(int max) {
        super(
                HttpStatus.BAD_REQUEST,
                "TOO_MANY_CONTACTS",
                "A bulk may have at most %d contacts. Send it in parts.".formatted(max),
                "Validation failed",
                Map.of("max", max));
    }
}
