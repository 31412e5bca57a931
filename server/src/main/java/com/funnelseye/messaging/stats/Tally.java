package com.funnelseye.messaging.stats;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Counted messages. Sent contains delivered, delivered contains read; failed ones were never delivered.
///
/// @param total outbound messages
/// @param inbound what customers wrote
/// @param byCoach outbound, written by coaches
/// @param byAdmin outbound, written by admins
record Tally(long total, long sent, long delivered, long read, long failed, long inbound, long byCoach, long byAdmin) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    /// All messages of both directions.
    long messages() {
        return total + inbound;
    }

    String successRate() {
        return percent(delivered, total);
    }

    /// Two decimals; "0.00" of nothing.
    static String percent(long part, long whole) {
        if (whole == 0) {
            return "0.00";
        }
        return BigDecimal.valueOf(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
