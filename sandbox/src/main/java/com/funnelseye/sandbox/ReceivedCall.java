package com.funnelseye.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One call of `POST /{phone-number-id}/messages`, accepted or refused.
///
/// @param number counts the calls of this sandbox from 1
/// @param wamid of the accepted message
/// @param httpStatus of the answer; 0 when the sandbox gives none (reset, silence)
/// @param errorCode Meta's code; null when the answer has no readable Graph error
public record ReceivedCall(
        long number,
        Instant at,
        String phoneNumberId,
        String request,
        @Nullable String wamid,
        int httpStatus,
        @Nullable Integer errorCode) {}
