package com.funnelseye.benchmark;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// What one measurement came to.
///
/// @param cpu of all processes for one operation
record Measured(double perSecond, Cpu cpu, Latencies latencies, long failed) {

    /// A piece of load, and how long it went on.
    interface Work {
        Load.Result run(Duration length) throws Exception;
    }

    static Measured of(Stage stage, Duration length, Work work) throws Exception {
        var before = stage.cpu();
        var result = work.run(length);
        var used = stage.cpu().minus(before);
        return new Measured(result.perSecond(), used.per(result.done()), result.latencies(), result.failed());
    }

    /// The one in the middle by CPU for an operation, which repeats better than time.
    static Measured median(List<Measured> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(round -> round.cpu().total()))
                .toList()
                .get((rounds.size() - 1) / 2);
    }
}
