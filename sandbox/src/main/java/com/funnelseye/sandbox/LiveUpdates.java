package com.funnelseye.sandbox;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Server-sent events for the page: only that something changed, at most a few times a second. The page asks for the
/// rest.
final class LiveUpdates {

    private static final long HEARTBEAT_MS = 15_000;
    private static final long SHORTEST_GAP_MS = 150;

    private final Changes changes;
    private final CountDownLatch closing;

    LiveUpdates(Changes changes, CountDownLatch closing) {
        this.changes = changes;
        this.closing = closing;
    }

    /// Keeps its (virtual) thread until the page leaves or the sandbox closes.
    void stream(Exchange exchange) throws InterruptedException {
        exchange.put("Content-Type", "text/event-stream");
        exchange.put("Cache-Control", "no-store");
        try {
            exchange.part("retry: 1000\n\n");
            var seen = -1L;
            while (!closing.await(SHORTEST_GAP_MS, TimeUnit.MILLISECONDS)) {
                seen = changes.await(seen, HEARTBEAT_MS);
                exchange.part("data: " + seen + "\n\n");
            }
            exchange.end();
        } catch (IOException pageLeft) {
            exchange.abandon(pageLeft);
        }
    }
}
