package com.funnelseye.messaging.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The commit of a transaction of one kind, and how it is broken. Whoever breaks it waits for it, does to the servers
/// what it came to do, and lets go.
final class Commit {

    /// A statement and how many rows it touched.
    record Step(String sql, long rows) {}

    private enum How {
        /// It does not reach the database; when let go, the connection is gone.
        HELD,
        /// The database commits; nobody is told until let go.
        ANSWER_HELD,
        /// The database commits; the connection breaks instead of the answer.
        ANSWER_LOST
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String words;
    private final How how;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch committed = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private Commit(String words, How how) {
        this.words = words;
        this.how = how;
    }

    /// @param words of a statement that touched at least one row
    static Commit held(String words) {
        return new Commit(words, How.HELD);
    }

    static Commit answerHeld(String words) {
        return new Commit(words, How.ANSWER_HELD);
    }

    static Commit answerLost(String words) {
        return new Commit(words, How.ANSWER_LOST);
    }

    boolean isOf(List<Step> steps) {
        return steps.stream().anyMatch(step -> step.rows() > 0 && step.sql().contains(words));
    }

    boolean neverArrives() {
        return how == How.HELD;
    }

    boolean losesAnswer() {
        return how == How.ANSWER_LOST;
    }

    void reached() {
        reached.countDown();
    }

    void committed() {
        committed.countDown();
    }

    /// Until the fault is there: held before the database, or committed in it.
    void await() {
        var until = neverArrives() ? reached : committed;
        if (!within(until, PATIENCE)) {
            throw new AssertionError("no transaction with “%s” came to its commit".formatted(words));
        }
    }

    void release() {
        released.countDown();
    }

    void awaitRelease() {
        within(released, Duration.ofMinutes(5));
    }

    private static boolean within(CountDownLatch latch, Duration time) {
        try {
            return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
