package com.funnelseye.messaging.setup;

/// The server will not start as it is configured. The message is one sentence that says what to change.
public class CannotStart extends RuntimeException {

    public CannotStart(String sentence) {
        super(sentence);
    }

    public CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
