package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.whatsapp.Channel;
import com.funnelseye.messaging.whatsapp.Outgoing;
import com.funnelseye.messaging.whatsapp.SendResult;
import com.funnelseye.messaging.whatsapp.WhatsApp;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// Takes what is due from the outbox to WhatsApp: begin (committed), then the network, then the result.
/// Sends run side by side, each on a thread of its own, up to a limit.
@Service
class Sender implements AutoCloseable {

    /// Sends under way at once on this node. A send takes some 100 ms, so this carries several hundred a second.
    static final int MAX_UNDER_WAY = 64;

    /// A batch that waited longer than this after its begin (a pause, a full machine) is given back unsent.
    static final Duration MAX_DELAY = Duration.ofSeconds(5);

    private static final Duration GLANCE = Duration.ofMillis(20);

    private static final Logger log = LoggerFactory.getLogger(Sender.class);

    static {
        if (Outbox.LEASE.compareTo(WhatsApp.SEND_DEADLINE.plus(MAX_DELAY)) <= 0) {
            throw new IllegalStateException("the lease must outlive the longest send");
        }
    }

    private final Outbox outbox;
    private final Results results;
    private final WhatsApp whatsApp;
    private final Channel channel;
    private final Semaphore slots = new Semaphore(MAX_UNDER_WAY);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Sender(Outbox outbox, Results results, WhatsApp whatsApp, Channel channel) {
        this.outbox = outbox;
        this.results = results;
        this.whatsApp = whatsApp;
        this.channel = channel;
    }

    /// One pass over what is due: begins as many as there are free slots and sets them off. It does not wait for their
    /// results; [#awaitIdle] does.
    int runOnce() {
        var free = slots.drainPermits();
        var begun = 0;
        try {
            if (free > 0 && channel.isOpen()) {
                var start = System.nanoTime();
                var attempts = outbox.begin(free);
                begun = attempts.size();
                attempts.forEach(attempt -> threads.execute(() -> carry(attempt, start)));
            }
        } finally {
            slots.release(free - begun);
        }
        return begun;
    }

    /// Sends this one message now, if it is due, and waits for the result as long as `patience` lasts. Whatever is not
    /// finished then goes on without the caller.
    void carry(UUID messageId, Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        if (patience.isZero() || !acquireSlot(patience)) {
            return;
        }
        var done = new CountDownLatch(1);
        var begunElsewhere = new AtomicBoolean();
        threads.execute(() -> {
            var start = System.nanoTime();
            var attempts = beginOne(messageId);
            attempts.forEach(attempt -> carry(attempt, start));
            if (attempts.isEmpty()) {
                slots.release();
                begunElsewhere.set(true);
            }
            done.countDown();
        });
        await(done, patience);
        if (begunElsewhere.get()) {
            awaitElsewhere(messageId, until);
        }
    }

    /// Waits until nothing is under way.
    void awaitIdle() {
        slots.acquireUninterruptibly(MAX_UNDER_WAY);
        slots.release(MAX_UNDER_WAY);
    }

    /// Sends under way are finished and recorded before the server stops, so that a clean stop leaves nothing unknown.
    @Override
    public void close() {
        threads.close();
    }

    private List<Attempt> beginOne(UUID messageId) {
        try {
            return outbox.begin(messageId);
        } catch (RuntimeException failure) {
            log.error("Could not begin: message.id={}", messageId, failure);
            return List.of();
        }
    }

    /// An unexpected exception after the begin leaves the outcome open: the row stays leased and becomes unknown.
    private void carry(Attempt attempt, long start) {
        try {
            send(attempt, start);
        } catch (RuntimeException failure) {
            log.error(
                    "Result not recorded: message.id={} attempt.id={}",
                    attempt.messageId(),
                    attempt.attemptId(),
                    failure);
        } finally {
            slots.release();
        }
    }

    /// @param start `System.nanoTime()` before the begin
    void send(Attempt attempt, long start) {
        if (attempt.optedOut()) {
            results.optedOut(attempt);
        } else if (!attempt.windowOpen()) {
            results.windowClosed(attempt);
        } else if (System.nanoTime() - start > MAX_DELAY.toNanos()) {
            results.record(attempt, new SendResult.NotSent("begun too long ago"));
        } else {
            var result = whatsApp.send(outgoing(attempt));
            results.record(attempt, result);
            if (result instanceof SendResult.ChannelDown(var error)) {
                channel.stop(error);
            }
        }
    }

    private static Outgoing outgoing(Attempt attempt) {
        var to = attempt.number();
        if (to == null) {
            throw new IllegalStateException("message without recipient: " + attempt.messageId());
        }
        return new Outgoing(attempt.attemptId(), to, attempt.content(), attempt.replyToWamid());
    }

    private boolean acquireSlot(Duration patience) {
        try {
            return slots.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Our own pass or another server was quicker to begin it; its result is on the way all the same.
    private void awaitElsewhere(UUID messageId, long until) {
        while (outbox.isUnderWay(messageId)
                && System.nanoTime() < until
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    private static void await(CountDownLatch done, Duration patience) {
        try {
            done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
