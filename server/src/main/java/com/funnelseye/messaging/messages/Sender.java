package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.messages.Results.Outcome;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// Takes what is due from the outbox to WhatsApp: begin (committed), then the network, then the result.
/// Sends run side by side, each on a thread of its own, up to a limit.
@Service
class Sender implements AutoCloseable {

    /// A message that waited longer than this after its begin (a pause, a full machine) is given back unsent.
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
    private final Recorder recorder;
    private final Brakes brakes;
    private final WhatsApp whatsApp;
    private final Channel channel;
    private final Crew crew;
    private final Lines lines = new Lines();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Sender(Outbox outbox, Results results, Recorder recorder, Brakes brakes, WhatsApp whatsApp, Channel channel) {
        this.outbox = outbox;
        this.results = results;
        this.recorder = recorder;
        this.brakes = brakes;
        this.whatsApp = whatsApp;
        this.channel = channel;
        this.crew = new Crew(whatsApp.concurrency());
    }

    /// Calls `bell` when a pass that found no room may find some now.
    void onRoom(Runnable bell) {
        crew.onRoom(bell);
    }

    /// One pass over what is due: begins as many as there is room for and sets them off. It does not wait for
    /// their results; [#awaitIdle] does.
    int runOnce() {
        if (!crew.hasRoom() || !channel.isOpen()) {
            return 0;
        }
        var start = System.nanoTime();
        var attempts = outbox.begin(crew.batch(), crew.unhurried(), lines.reaches());
        attempts.forEach(lines::join);
        crew.begun(attempts.size());
        crew.standInLine((int) attempts.stream().filter(Attempt::standsInLine).count());
        attempts.forEach(attempt -> threads.execute(() -> carry(attempt, start)));
        return attempts.size();
    }

    /// Sends this one message now, if it is due, and waits for the result as long as `patience` lasts. Whatever
    /// is not finished then goes on without the caller.
    void carry(UUID messageId, Duration patience) {
        if (patience.isZero() || !channel.isOpen()) {
            return;
        }
        var until = System.nanoTime() + patience.toNanos();
        var done = new CountDownLatch(1);
        crew.begun(1);
        threads.execute(() -> {
            carry(messageId, until);
            done.countDown();
        });
        await(done, patience);
    }

    /// Our own pass or another server may be quicker to begin it, or it may have to wait for its turn: then its
    /// result is on the way all the same.
    private void carry(UUID messageId, long until) {
        var start = System.nanoTime();
        var attempts = beginOne(messageId);
        while (attempts.isEmpty() && outbox.isGoing(messageId) && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(GLANCE.toNanos());
            start = System.nanoTime();
            attempts = beginOne(messageId);
        }
        if (attempts.isEmpty()) {
            crew.finished();
        } else {
            carry(attempts.getFirst(), start);
        }
    }

    /// Waits until nothing is under way.
    void awaitIdle() {
        crew.awaitIdle();
    }

    /// Sends under way are finished and recorded before the server stops, so that a clean stop leaves nothing
    /// unknown.
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

    /// An unexpected exception after the begin leaves the outcome open: the row stays leased and becomes
    /// unknown.
    private void carry(Attempt attempt, long start) {
        try {
            lines.await(attempt);
            send(attempt, start);
        } catch (RuntimeException failure) {
            log.error(
                    "Result not recorded: message.id={} attempt.id={}",
                    attempt.messageId(),
                    attempt.attemptId(),
                    failure);
        } finally {
            crew.finished();
        }
    }

    /// @param start `System.nanoTime()` before the begin
    void send(Attempt attempt, long start) {
        if (attempt.optedOut()) {
            stepAside(attempt);
            results.optedOut(attempt);
        } else if (!attempt.windowOpen()) {
            stepAside(attempt);
            results.windowClosed(attempt);
        } else {
            recorder.record(new Outcome(attempt, sendInTime(attempt, start)));
        }
    }

    private SendResult sendInTime(Attempt attempt, long start) {
        crew.goOut(attempt.standsInLine());
        try {
            lines.keepDistance(attempt);
            if (System.nanoTime() - start > MAX_DELAY.toNanos()) {
                return new SendResult.NotSent("begun too long ago");
            }
            var result = whatsApp.send(outgoing(attempt));
            putBrakesOn(attempt, result);
            return result;
        } finally {
            crew.comeBack(attempt.standsInLine());
        }
    }

    private void stepAside(Attempt attempt) {
        lines.leave(attempt);
        if (attempt.standsInLine()) {
            crew.leaveLine();
        }
    }

    /// Whatever comes of it, the result itself must be recorded.
    private void putBrakesOn(Attempt attempt, SendResult result) {
        try {
            brakes.putOn(attempt, result);
        } catch (RuntimeException failure) {
            log.error("Could not slow down: attempt.id={}", attempt.attemptId(), failure);
        }
    }

    private static Outgoing outgoing(Attempt attempt) {
        var to = attempt.number();
        if (to == null) {
            throw new IllegalStateException("message without recipient: " + attempt.messageId());
        }
        return new Outgoing(attempt.attemptId(), to, attempt.content(), attempt.replyToWamid());
    }

    private static void await(CountDownLatch done, Duration patience) {
        try {
            done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
