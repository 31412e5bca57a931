package com.funnelseye.messaging.messages;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// How many messages are under way on this node. Not all of its connections are for those that stand in line: a single
/// reply, or a message whose time has come, finds one free however many others wait.
final class Crew {

    /// Begun and waiting for their time or for a connection.
    static final int MOST_BEGUN = 4_000;

    /// One part in four.
    private static final int KEPT_FREE = 4;

    private final int connections;
    private final Semaphore begun = new Semaphore(MOST_BEGUN);
    private final Semaphore all;
    private final Semaphore inLine;
    private final AtomicInteger standing = new AtomicInteger();
    private volatile Runnable bell = () -> {};

    Crew(int connections) {
        this.connections = connections;
        this.all = new Semaphore(connections, true);
        this.inLine = new Semaphore(Math.max(1, connections - connections / KEPT_FREE), true);
    }

    void onRoom(Runnable ring) {
        bell = ring;
    }

    /// Whether it is worth looking for more: a begin for one message costs nearly as much as one for many.
    boolean hasRoom() {
        return begun.availablePermits() > MOST_BEGUN / 2;
    }

    /// Messages in one begin.
    int batch() {
        return 2 * connections;
    }

    /// How many more may stand in line for a connection: as many again as there are connections, so that none is idle
    /// and nobody stands long. 0 rather than few.
    int unhurried() {
        var room = 2 * connections - standing.get();
        return room < worthwhile() ? 0 : room;
    }

    /// Messages that stand in line for a connection, from now until they come back.
    void standInLine(int messages) {
        standing.addAndGet(messages);
    }

    void begun(int messages) {
        begun.acquireUninterruptibly(messages);
    }

    void finished() {
        begun.release();
    }

    void goOut(boolean isInLine) {
        if (isInLine) {
            inLine.acquireUninterruptibly();
        }
        all.acquireUninterruptibly();
    }

    void comeBack(boolean isInLine) {
        all.release();
        if (isInLine) {
            inLine.release();
            leaveLine();
        }
    }

    void leaveLine() {
        if (2 * connections - standing.decrementAndGet() == worthwhile()) {
            bell.run();
        }
    }

    private int worthwhile() {
        return Math.max(1, connections / 2);
    }

    void awaitIdle() {
        begun.acquireUninterruptibly(MOST_BEGUN);
        begun.release(MOST_BEGUN);
    }
}
