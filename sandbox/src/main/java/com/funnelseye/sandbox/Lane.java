package com.funnelseye.sandbox;

import org.jspecify.annotations.Nullable;

/// Webhooks that must go out one after the other. A linked list, because there is one for each message and most hold at
/// most one webhook. Guarded by the lock of [Webhooks].
final class Lane {

    private @Nullable Webhook head;
    private @Nullable Webhook tail;

    /// Its head is being posted, or waits for the next try.
    private boolean busy;

    @Nullable
    Webhook head() {
        return head;
    }

    boolean busy() {
        return busy;
    }

    void busy(boolean busy) {
        this.busy = busy;
    }

    void add(Webhook webhook) {
        if (tail == null) {
            head = webhook;
        } else {
            tail.next(webhook);
        }
        tail = webhook;
    }

    void remove(Webhook webhook) {
        Webhook before = null;
        for (var at = head; at != null; before = at, at = at.next()) {
            if (at == webhook) {
                unlink(before, at);
                return;
            }
        }
    }

    private void unlink(@Nullable Webhook before, Webhook webhook) {
        if (before == null) {
            head = webhook.next();
        } else {
            before.next(webhook.next());
        }
        if (tail == webhook) {
            tail = before;
        }
        webhook.next(null);
    }
}
