package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.TooMany;
import java.time.Duration;

final class TooManyLogins extends TooMany {

    TooManyLogins(Duration wait) {
        super("TOO_MANY_LOGINS", "Too many failed logins. Please try again later.", wait);
    }
}
