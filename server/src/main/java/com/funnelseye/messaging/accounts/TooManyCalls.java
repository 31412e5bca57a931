package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.TooMany;
import java.time.Duration;

final class TooManyCalls extends TooMany {

    TooManyCalls(Duration wait) {
        super("TOO_MANY_CALLS", "Too many requests. Please try again later.", wait);
    }
}
