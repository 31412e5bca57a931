package com.funnelseye.sandbox;

import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// What a run is judged by: every message accepted and every call made, in order, never changed afterwards.
final class Ledger {

    static final int CAPACITY = 200_000;

    private final Clock clock;
    private final BoundedLog<Acceptance> acceptances = new BoundedLog<>(CAPACITY);
    private final BoundedLog<ReceivedCall> calls = new BoundedLog<>(CAPACITY);

    Ledger(Clock clock) {
        this.clock = clock;
    }

    Acceptance accepted(SendRequest.Message message, String wamid, String request) {
        return acceptances.append(number -> new Acceptance(
                number,
                clock.instant(),
                wamid,
                message.to(),
                message.content().type(),
                message.content().text(),
                message.content().link(),
                message.content().filename(),
                message.callbackData(),
                message.quoting(),
                request));
    }

    void called(
            String phoneNumberId, String request, @Nullable String wamid, int httpStatus, @Nullable Integer errorCode) {
        calls.append(number ->
                new ReceivedCall(number, clock.instant(), phoneNumberId, request, wamid, httpStatus, errorCode));
    }

    BoundedLog<Acceptance> acceptances() {
        return acceptances;
    }

    BoundedLog<ReceivedCall> calls() {
        return calls;
    }
}
