package com.funnelseye.sandbox;

import java.time.Duration;
import java.util.List;

/// When an ordinary phone reports, each counted from the acceptance of the message. Real time, whatever the clock says.
///
/// @param automatic false: nothing is reported until a test asks for it
public record StatusTiming(Duration sent, Duration delivered, Duration read, boolean automatic) {

    public StatusTiming {
        if (sent.isNegative() || delivered.compareTo(sent) < 0 || read.compareTo(delivered) < 0) {
            throw new IllegalArgumentException("Statuses are timed in order: sent, delivered, read");
        }
    }

    /// All three within 3 s, as the demo promises.
    public static StatusTiming natural() {
        return new StatusTiming(Duration.ofMillis(300), Duration.ofMillis(900), Duration.ofSeconds(2), true);
    }

    /// Each status as soon as the one before was answered.
    public static StatusTiming immediate() {
        return new StatusTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO, true);
    }

    /// Nothing by itself: [Sandbox#report] and [Sandbox#customerReads] decide.
    public static StatusTiming manual() {
        return new StatusTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO, false);
    }

    /// The n-th status of any script takes the n-th moment, and those beyond the third the last one.
    Duration moment(int index) {
        return List.of(sent, delivered, read).get(Math.min(index, 2));
    }
}
