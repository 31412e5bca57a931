package com.funnelseye.messaging.whatsapp;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.funnelseye.messaging.whatsapp.RawEvent.Kind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event that could not be applied. What it says stays out of sight: it may be anything a customer wrote.
///
/// @param phoneNumberId the business number it came for
/// @param problem `unmatched`, or what went wrong
/// @param tries how often it was read
/// @param setAsideAt when it was given up
record DeadLetter(
        @JsonProperty("_id") UUID id,
        Kind kind,
        @Nullable String phoneNumberId,
        String problem,
        int tries,
        Instant receivedAt,
        Instant setAsideAt) {}
