package com.funnelseye.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One webhook on its way. Serialised once: these bytes are signed and these bytes are sent, at every try. Guarded by
/// the lock of [Webhooks].
final class Webhook {

    private final long id;
    private final Lane lane;
    private final String about;
    private final String wamid;
    private final byte[] body;

    private @Nullable Webhook next;
    private @Nullable Instant firstTriedAt;
    private int attempts;

    Webhook(long id, Lane lane, String about, String wamid, byte[] body) {
        this.id = id;
        this.lane = lane;
        this.about = about;
        this.wamid = wamid;
        this.body = body;
    }

    long id() {
        return id;
    }

    Lane lane() {
        return lane;
    }

    byte[] body() {
        return body;
    }

    @Nullable
    Webhook next() {
        return next;
    }

    void next(@Nullable Webhook next) {
        this.next = next;
    }

    int attempts() {
        return attempts;
    }

    /// @return when the first try failed
    Instant failed(Instant now) {
        attempts++;
        if (firstTriedAt == null) {
            firstTriedAt = now;
        }
        return firstTriedAt;
    }

    PendingWebhook view() {
        return new PendingWebhook(id, about, wamid, attempts, new String(body, StandardCharsets.US_ASCII));
    }
}
