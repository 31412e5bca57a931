package com.funnelseye.messaging.http;

import java.time.Duration;
import org.springframework.http.HttpStatus;

/// Refused because it comes too often (429). The answer says in `Retry-After` how long to wait.
public class TooMany extends Refusal {

    private final Duration wait;

    public TooMany(String code, String sentence, Duration wait) {
        super(HttpStatus.TOO_MANY_REQUESTS, code, sentence, "Too Many Requests");
        this.wait = wait;
    }

    long retryAfterSeconds() {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
