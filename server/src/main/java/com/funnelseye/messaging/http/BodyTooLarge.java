package com.funnelseye.messaging.http;

import java.io.IOException;
import org.springframework.http.HttpStatus;

/// More bytes than the path allows. Thrown while reading, so that a body without a stated length is stopped too.
class BodyTooLarge extends IOException {

    private final long limitBytes;

    BodyTooLarge(long limitBytes) {
        super("body over " + limitBytes + " bytes");
        this.limitBytes = limitBytes;
    }

    Refusal refusal() {
        var sentence = "The request body may have at most %d KB".formatted(limitBytes / 1024);
        return new Refusal(HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", sentence, "Content Too Large");
    }
}
