package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.TooMany;
import java.time.Duration;

final class TooManySends extends TooMany {

    TooManySends(Duration wait) {
        super("TOO_MANY_SENDS", "Too many messages within a minute. Please try again later.", wait);
    }
}
