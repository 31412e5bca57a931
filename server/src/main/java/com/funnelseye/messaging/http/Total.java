package com.funnelseye.messaging.http;

/// How many rows a list has. Counting filtered rows stops at [#CAP], so that a broad filter costs no more than a narrow
/// one.
public record Total(long count, boolean capped) {

    public static final int CAP = 10_000;

    public static Total exactly(long count) {
        return new Total(count, false);
    }

    /// From a count that was stopped at `CAP + 1` rows.
    public static Total upToCap(long counted) {
        return counted > CAP ? new Total(CAP, true) : exactly(counted);
    }
}
