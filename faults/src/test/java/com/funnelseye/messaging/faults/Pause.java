package com.funnelseye.messaging.faults;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting for other processes, which tell nobody when they are done.
final class Pause {

    private Pause() {}

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void until(String what, Duration patience, BooleanSupplier holds) {
        var until = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not within %s: %s".formatted(patience, what));
            }
            of(Duration.ofMillis(20));
        }
    }
}
