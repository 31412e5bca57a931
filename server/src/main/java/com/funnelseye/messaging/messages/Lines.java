package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.messages.LanePace.Reach;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Begun messages of lanes with a delay, on this node: each waits for its time and keeps its distance from the one
/// before it. What is late makes those behind it late, never closer; the lane's next slots are taken after them.
final class Lines {

    /// A line nobody stands in is forgotten after this: longer than any delay.
    private static final long FORGOTTEN_AFTER_NANOS =
            Lanes.MAX_DELAY.plus(Duration.ofSeconds(10)).toNanos();

    private static final class Line {
        private final long delayNanos;
        private int standing;
        private long nextNanos;

        Line(int delayMs) {
            delayNanos = Duration.ofMillis(delayMs).toNanos();
            nextNanos = System.nanoTime();
        }

        synchronized void join() {
            standing++;
        }

        /// 0 when it is this message's turn now, else how long it still is until then.
        synchronized long takeTurn() {
            var now = System.nanoTime();
            if (nextNanos - now > 0) {
                return nextNanos - now;
            }
            standing--;
            nextNanos = now + delayNanos;
            return 0;
        }

        synchronized void leave() {
            standing--;
        }

        synchronized double reachSeconds() {
            var end = nextNanos - System.nanoTime() + standing * delayNanos;
            return Math.max(end, 0) / 1e9;
        }

        synchronized boolean isForgotten() {
            return standing == 0 && System.nanoTime() - nextNanos > FORGOTTEN_AFTER_NANOS;
        }
    }

    private final ConcurrentHashMap<UUID, Line> lines = new ConcurrentHashMap<>();

    /// To be called for each begun message, before anybody asks for [#reaches] again.
    void join(Attempt attempt) {
        if (attempt.isPaced()) {
            lines.compute(attempt.lane(), (_, line) -> joined(line, attempt.delayMs()));
        }
    }

    /// Waits until the message may go.
    void await(Attempt attempt) {
        park(attempt.goNanos() - System.nanoTime());
    }

    /// Waits until the message is far enough from the one before it in its lane.
    void keepDistance(Attempt attempt) {
        var line = attempt.isPaced() ? lines.get(attempt.lane()) : null;
        if (line != null) {
            for (var left = line.takeTurn(); left > 0; left = line.takeTurn()) {
                park(left);
            }
        }
    }

    /// The message does not go after all.
    void leave(Attempt attempt) {
        var line = attempt.isPaced() ? lines.get(attempt.lane()) : null;
        if (line != null) {
            line.leave();
        }
    }

    List<Reach> reaches() {
        lines.values().removeIf(Line::isForgotten);
        return lines.entrySet().stream()
                .map(line -> new Reach(line.getKey(), line.getValue().reachSeconds()))
                .toList();
    }

    private static Line joined(@Nullable Line known, int delayMs) {
        var line = known == null ? new Line(delayMs) : known;
        line.join();
        return line;
    }

    private static void park(long nanos) {
        var until = System.nanoTime() + nanos;
        for (var left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
