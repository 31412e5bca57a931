package com.funnelseye.messaging.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An answer that costs too much to be asked for by everyone who looks: it is asked for again when it is too old, by
/// one
/// at a time.
final class Remembered<T> {

    /// @param at when it was asked for
    record Known<T>(T value, Instant at) {}

    private final Duration life;
    private final Clock clock;
    private final Supplier<T> source;
    private @Nullable Known<T> known;

    Remembered(Duration life, Clock clock, Supplier<T> source) {
        this.life = life;
        this.clock = clock;
        this.source = source;
    }

    synchronized Known<T> get() {
        var now = clock.instant();
        var last = known;
        if (last == null || last.at().plus(life).isBefore(now) || last.at().isAfter(now)) {
            last = new Known<>(source.get(), now);
            known = last;
        }
        return last;
    }
}
