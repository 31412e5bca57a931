package com.funnelseye.benchmark;

import java.util.ArrayList;
import java.util.List;

/// How well a row of moments keeps a distance. Moments are nanoseconds, sorted.
final class Pace {

    /// The way to the sandbox and its clock, which are not ours to answer for.
    private static final double TOLERATED_MS = 1;

    private Pace() {}

    /// How late each moment is, measured from the best schedule they all fit: the latest that none of them is early
    /// for.
    static List<Long> errors(List<Long> moments, int delayMs) {
        var delay = delayMs * 1_000_000L;
        var start = Long.MAX_VALUE;
        for (var n = 0; n < moments.size(); n++) {
            start = Math.min(start, moments.get(n) - n * delay);
        }
        var errors = new ArrayList<Long>();
        for (var n = 0; n < moments.size(); n++) {
            errors.add(moments.get(n) - n * delay - start);
        }
        return errors;
    }

    /// How many are early: before the time that the first of all and the delay allow.
    static long early(List<Long> moments, int delayMs) {
        var delay = delayMs * 1_000_000L;
        var early = 0L;
        for (var n = 1; n < moments.size(); n++) {
            if (moments.get(n) - moments.getFirst() < n * delay - TOLERATED_MS * 1e6) {
                early++;
            }
        }
        return early;
    }

    /// A second.
    static double rate(List<Long> moments) {
        return moments.size() < 2
                ? 0
                : (moments.size() - 1) * 1e9 / Math.max(1, moments.getLast() - moments.getFirst());
    }

    /// Jain's index of these shares: 1 when all are equal.
    static double fairness(List<Double> shares) {
        var sum = shares.stream().mapToDouble(share -> share).sum();
        var squares = shares.stream().mapToDouble(share -> share * share).sum();
        return squares == 0 ? 0 : sum * sum / (shares.size() * squares);
    }
}
