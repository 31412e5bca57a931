package com.funnelseye.messaging.http;

import org.jspecify.annotations.Nullable;

/// The name a client gave its request, so that it can send it again. A controller that takes one hands it on to
/// whatever makes the thing asked for.
@FromHeader(
        value = "Idempotency-Key",
        description = "A name of the client's own for this request, at most 255 characters, good for 7 days. The same"
                + " request with the same key makes nothing new: it is answered again from the present state of what"
                + " it made, with `Idempotent-Replayed: true`. With another body it is refused (422); while the first"
                + " is still being accepted, too (409). A request that was refused may be repeated with its key.")
public final class IdempotencyKey {

    /// For requests nobody named.
    public static final IdempotencyKey NONE = new IdempotencyKey(null, () -> {});

    /// @param key SHA-256 of the key, in hex
    /// @param request SHA-256 of method, path and body, in hex
    public record Hashes(String key, String request) {}

    private final @Nullable Hashes hashes;
    private final Runnable onReplay;

    IdempotencyKey(@Nullable Hashes hashes, Runnable onReplay) {
        this.hashes = hashes;
        this.onReplay = onReplay;
    }

    /// Null when the client gave no key.
    public @Nullable Hashes hashes() {
        return hashes;
    }

    /// The answer, whatever it will be, tells that this request has been accepted before.
    public void replayed() {
        onReplay.run();
    }
}
