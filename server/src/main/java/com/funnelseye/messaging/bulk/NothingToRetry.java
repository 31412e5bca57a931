package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

final class NothingToRetry extends Refusal {

    NothingToRetry() {
        super(
                HttpStatus.CONFLICT,
                "NOTHING_TO_RETRY",
                "No recipient of this bulk failed and can be tried again now",
                "Conflict");
    }
}
