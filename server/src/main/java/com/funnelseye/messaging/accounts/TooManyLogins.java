package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Refusal;
import java.time.Duration;
import org.springframework.http.HttpStatus;

final class TooManyLogins extends Refusal {

    private final Duration wait;

    TooManyLogins(Duration wait) {
        super(
                HttpStatus.TOO_MANY_REQUESTS,
                "TOO_MANY_LOGINS",
                "Too many failed logins. Please try again later.",
                "Too Many Requests");
        this.wait = wait;
    }

    long retryAfterSeconds() {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
