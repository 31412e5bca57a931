package com.funnelseye.messaging.whatsapp;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// An error in Meta's words. Decisions are taken by `code` alone, never by HTTP status or text.
///
/// @param title what went wrong, short
/// @param traceId Meta's `fbtrace_id`: its support asks for it
public record GraphError(
        int code,
        String title,
        @Nullable String details,
        @JsonIgnore @Nullable String traceId) {}
