package com.funnelseye.messaging.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Runs one kind of work for as long as the server does. A pass does what is due and says how much that was; after an
/// empty pass the loop waits for [#ring] or the interval, whichever comes first.
///
/// With `messaging.workers.enabled=false` no worker starts by itself and tests make each pass by hand.
public final class Worker implements SmartLifecycle {

    /// One pass over what is due.
    public interface Pass {
        /// How many things were done; 0 lets the loop wait.
        int runOnce();
    }

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final String name;
    private final Duration interval;
    private final boolean autoStartup;
    private final Pass pass;
    private final Semaphore bell = new Semaphore(0);
    private volatile @Nullable Thread thread;

    Worker(String name, Duration interval, boolean autoStartup, Pass pass) {
        this.name = name;
        this.interval = interval;
        this.autoStartup = autoStartup;
        this.pass = pass;
    }

    /// Something may have become due: do not wait for the interval.
    public void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /// One pass, made by the caller: how tests drive the work by hand.
    public int runOnce() {
        return pass.runOnce();
    }

    /// The field is set first: the loop goes on only as long as it finds itself there.
    @Override
    public void start() {
        var running = Thread.ofPlatform().name("work-" + name).daemon().unstarted(this::loop);
        thread = running;
        running.start();
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running == null) {
            return;
        }
        ring();
        try {
            running.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStartup;
    }

    private void loop() {
        while (thread == Thread.currentThread()) {
            waitFor(makePass());
        }
    }

    /// A failed pass is logged here, once, and tried again a little later: the work is still in its table.
    private Duration makePass() {
        try {
            return pass.runOnce() > 0 ? Duration.ZERO : interval;
        } catch (RuntimeException failure) {
            log.error("Work failed: work.name={}", name, failure);
            return AFTER_FAILURE;
        }
    }

    private void waitFor(Duration pause) {
        try {
            bell.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            thread = null;
        }
    }
}
