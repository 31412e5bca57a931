package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.http.TooMany;
import java.time.Duration;

final class TooManyBulks extends TooMany {

    /// Nobody knows when one of them ends; asking again every half a minute does no harm.
    private static final Duration WAIT = Duration.ofSeconds(30);

    TooManyBulks(int max) {
        super(
                "TOO_MANY_BULKS",
                "%d bulks are running already. Wait until one has finished, or pause one.".formatted(max),
                WAIT);
    }
}
