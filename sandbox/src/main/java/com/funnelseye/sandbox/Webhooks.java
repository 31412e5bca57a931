package com.funnelseye.sandbox;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Webhooks from the moment they are due until they are answered with 200, given up or dropped. They flow while a
/// webhook address is verified and nobody holds them. The lock guards memory only; posting happens outside it.
final class Webhooks implements AutoCloseable {

    static final int CAPACITY = 100_000;
    static final int WORKERS = 64;
    static final Duration GIVE_UP_AFTER = Duration.ofDays(7);

    private static final Duration FIRST_RETRY = Duration.ofMillis(200);

    /// Meta's pauses grow to hours; here a restarted server gets what it missed within this.
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);

    record Counts(
            boolean held,
            int pending,
            long answered,
            long failedTries,
            long givenUp,
            @Nullable String lastFailure) {}

    private final WebhookClient client;
    private final Timer timer;
    private final Clock clock;
    private final List<Thread> workers = new ArrayList<>();
    private final BlockingQueue<Webhook> ready = new LinkedBlockingQueue<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final LinkedHashMap<Long, Webhook> pending = new LinkedHashMap<>();
    private @Nullable URI address;
    private boolean held;
    private long lastId;
    private long answered;
    private long failedTries;
    private long givenUp;
    private @Nullable String lastFailure;

    Webhooks(WebhookClient client, Timer timer, Clock clock) {
        this.client = client;
        this.timer = timer;
        this.clock = clock;
        for (var n = 1; n <= WORKERS; n++) {
            workers.add(Thread.ofVirtual().name("sandbox-webhook-" + n).start(this::work));
        }
    }

    void add(Lane lane, String about, String wamid, byte[] body) {
        locked(() -> {
            var webhook = new Webhook(++lastId, lane, about, wamid, body);
            pending.put(webhook.id(), webhook);
            lane.add(webhook);
            if (pending.size() > CAPACITY) {
                giveUp(pending.firstEntry().getValue(), "more than " + CAPACITY + " wait");
            }
            pump(lane);
        });
    }

    /// Null stops the flow until an address is verified.
    void flowTo(@Nullable URI verified) {
        locked(() -> {
            address = verified;
            pumpAll();
        });
    }

    void hold() {
        locked(() -> held = true);
    }

    void release() {
        locked(() -> {
            held = false;
            pumpAll();
        });
    }

    List<PendingWebhook> pending() {
        lock.lock();
        try {
            return pending.values().stream().map(Webhook::view).toList();
        } finally {
            lock.unlock();
        }
    }

    /// Posts at once on the caller's thread, past hold, lane and back-off.
    int deliver(URI to, PendingWebhook webhook) throws IOException, InterruptedException {
        var status = client.post(to, webhook.bytes());
        if (status == 200) {
            locked(() -> {
                answered++;
                remove(pending.get(webhook.id()));
            });
        }
        return status;
    }

    boolean drop(long id) {
        lock.lock();
        try {
            return remove(pending.get(id));
        } finally {
            lock.unlock();
        }
    }

    Counts counts() {
        lock.lock();
        try {
            return new Counts(held, pending.size(), answered, failedTries, givenUp, lastFailure);
        } finally {
            lock.unlock();
        }
    }

    boolean awaitNonePending(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            var left = patience.toNanos();
            while (!pending.isEmpty() && left > 0) {
                left = settled.awaitNanos(left);
            }
            return pending.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        workers.forEach(Thread::interrupt);
    }

    private void work() {
        try {
            while (true) {
                var webhook = ready.take();
                var to = begin(webhook);
                if (to != null) {
                    settle(webhook, post(to, webhook));
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return where to post it, or null when it was held or dropped after it became ready
    private @Nullable URI begin(Webhook webhook) {
        lock.lock();
        try {
            if (flowing() && pending.containsKey(webhook.id())) {
                return address;
            }
            webhook.lane().busy(false);
            pump(webhook.lane());
            return null;
        } finally {
            lock.unlock();
        }
    }

    /// @return null when it was answered with 200, else what happened instead
    private @Nullable String post(URI to, Webhook webhook) throws InterruptedException {
        try {
            var status = client.post(to, webhook.body());
            return status == 200 ? null : "HTTP " + status;
        } catch (IOException unanswered) {
            return unanswered.getClass().getSimpleName();
        }
    }

    private void settle(Webhook webhook, @Nullable String failure) {
        locked(() -> {
            if (failure == null) {
                answered++;
                remove(webhook);
                next(webhook.lane());
                return;
            }
            failedTries++;
            lastFailure = failure;
            var now = clock.instant();
            if (webhook.failed(now).plus(GIVE_UP_AFTER).isBefore(now)) {
                giveUp(webhook, failure);
                next(webhook.lane());
            } else {
                timer.after(pauseAfter(webhook.attempts()), () -> locked(() -> next(webhook.lane())));
            }
        });
    }

    private void giveUp(Webhook webhook, String reason) {
        if (givenUp++ == 0) {
            log.warn("Webhooks are being given up: {}", reason);
        }
        remove(webhook);
    }

    private boolean remove(@Nullable Webhook webhook) {
        if (webhook == null || pending.remove(webhook.id()) == null) {
            return false;
        }
        webhook.lane().remove(webhook);
        if (pending.isEmpty()) {
            settled.signalAll();
        }
        return true;
    }

    private void next(Lane lane) {
        lane.busy(false);
        pump(lane);
    }

    private void pump(Lane lane) {
        var head = lane.head();
        if (flowing() && !lane.busy() && head != null) {
            lane.busy(true);
            ready.add(head);
        }
    }

    private void pumpAll() {
        pending.values().forEach(webhook -> pump(webhook.lane()));
    }

    private boolean flowing() {
        return address != null && !held;
    }

    private static Duration pauseAfter(int attempts) {
        var pause = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, 20));
        return pause.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : pause;
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
