package com.funnelseye.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the server again, on the same port, whenever it dies before [#close()], so that a pool of connections heals
/// by itself. Nothing but closing ends the attempts; between two of them lie at most ten seconds.
///
/// It looks rather than waits for an exit: the server is not our child, for which [ProcessHandle#onExit()] looks too,
/// at intervals that grow to five seconds.
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration TRIM_EVERY = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /// A server that lived this long earns its successor a start without delay.
    private static final Duration CALM = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final int port;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Watch(Cluster cluster, int port) {
        this.cluster = cluster;
        this.port = port;
        this.thread = Thread.ofVirtual().name("embedded-postgres-watch").unstarted(this::run);
    }

    static Watch over(Cluster cluster, int port) {
        var watch = new Watch(cluster, port);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            keepRunning();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepRunning() throws InterruptedException {
        var pause = FIRST_PAUSE;
        var startedAt = System.nanoTime();
        var trimmedAt = startedAt;
        while (!closedWithin(LOOK_EVERY)) {
            if (since(trimmedAt).compareTo(TRIM_EVERY) > 0) {
                trimLog();
                trimmedAt = System.nanoTime();
            }
            if (cluster.isRunning()) {
                continue;
            }
            pause = since(startedAt).compareTo(CALM) > 0 ? FIRST_PAUSE : pause;
            if (closedWithin(pause)) {
                return;
            }
            restart();
            startedAt = System.nanoTime();
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /// Looks a second time first: without a free file descriptor every process looks dead.
    private void restart() {
        if (cluster.isRunning()) {
            return;
        }
        try {
            LOG.warn("PostgreSQL (process {}) has died and is started again", cluster.pid());
            cluster.start(port);
            LOG.info("PostgreSQL runs again as process {}", cluster.pid());
        } catch (IOException | RuntimeException e) {
            LOG.error("PostgreSQL could not be started again; the next attempt follows", e);
        }
    }

    private void trimLog() {
        try {
            cluster.log().trim();
        } catch (IOException e) {
            LOG.warn("PostgreSQL's log could not be trimmed", e);
        }
    }

    private boolean closedWithin(Duration time) throws InterruptedException {
        return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /// Returns once no start is under way and none will follow.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw Programs.interrupted(e);
        }
    }
}
