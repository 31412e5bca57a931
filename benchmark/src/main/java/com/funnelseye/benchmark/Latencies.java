package com.funnelseye.benchmark;

import java.util.Arrays;

/// Durations in nanoseconds, added by many threads.
final class Latencies {

    private long[] nanos = new long[1024];
    private int count;
    private boolean sorted = true;

    synchronized void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = duration;
        sorted = false;
    }

    synchronized int count() {
        return count;
    }

    /// The smallest that at least `share` of all do not exceed, in milliseconds; NaN without any.
    synchronized double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        var rank = Math.clamp((int) Math.ceil(share * count), 1, count);
        return nanos[rank - 1] / 1e6;
    }
}
