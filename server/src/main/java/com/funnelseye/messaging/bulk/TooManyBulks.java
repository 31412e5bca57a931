package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

final class TooManyBulks extends Refusal {

    TooManyBulks(int max) {
        super(
                HttpStatus.TOO_MANY_REQUESTS,
                "TOO_MANY_BULKS",
                "%d bulks are running already. Wait until one has finished, or pause one.".formatted(max),
                "Too Many Requests");
    }
}
