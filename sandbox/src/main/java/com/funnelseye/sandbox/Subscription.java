package com.funnelseye.sandbox;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The app's one webhook address. Nothing is posted before its handshake; a receiver that is not up yet is asked again
/// and again.
final class Subscription implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    private final WebhookClient client;
    private final Webhooks webhooks;
    private @Nullable URI address;
    private @Nullable Thread handshake;
    private CountDownLatch verified = new CountDownLatch(1);

    Subscription(WebhookClient client, Webhooks webhooks) {
        this.client = client;
        this.webhooks = webhooks;
    }

    synchronized void to(URI webhook) {
        if (!"http".equals(webhook.getScheme()) && !"https".equals(webhook.getScheme())) {
            throw new IllegalArgumentException("The webhook must be an http or https address, not " + webhook);
        }
        close();
        webhooks.flowTo(null);
        address = webhook;
        verified = new CountDownLatch(1);
        var latch = verified;
        handshake = Thread.ofVirtual().name("sandbox-handshake").start(() -> shakeHands(webhook, latch));
    }

    synchronized @Nullable URI address() {
        return address;
    }

    synchronized boolean verified() {
        return verified.getCount() == 0;
    }

    boolean awaitVerified(Duration patience) throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = verified;
        }
        return latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public synchronized void close() {
        if (handshake != null) {
            handshake.interrupt();
        }
    }

    private void shakeHands(URI webhook, CountDownLatch latch) {
        try {
            var pause = FIRST_PAUSE;
            String said = null;
            while (true) {
                var failure = failureOf(webhook);
                if (failure == null) {
                    opened(webhook, latch);
                    return;
                }
                if (!failure.equals(said)) {
                    log.info("The webhook has not answered the handshake yet: {}", failure);
                    said = failure;
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException closedOrReplaced) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable String failureOf(URI webhook) throws InterruptedException {
        try {
            return client.shakesHands(webhook) ? null : "it did not echo the challenge";
        } catch (IOException unanswered) {
            return unanswered.getClass().getSimpleName();
        }
    }

    private synchronized void opened(URI webhook, CountDownLatch latch) {
        if (latch.equals(verified)) {
            log.info("Webhooks go to {}", webhook);
            webhooks.flowTo(webhook);
            latch.countDown();
        }
    }
}
