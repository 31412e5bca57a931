package com.funnelseye.messaging.credits;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One movement of credits as the coach sees it.
///
/// @param amount credits moved; negative for a correction that took some back
/// @param change what it did to the balance: a capture, for one, moves what was reserved before and changes nothing
/// @param balanceAfter what could be spent afterwards; null in a filtered list
record LedgerEntry(
        @JsonProperty("_id") String id,
        Kind kind,
        long amount,
        long change,
        @Nullable Long balanceAfter,
        @Nullable UUID messageId,
        @Nullable String reason,
        Instant at) {

    enum Kind {
        TOPUP,
        CORRECTION,
        RESERVE,
        CAPTURE,
        RELEASE,
        REFUND
    }
}
