package com.funnelseye.messaging.whatsapp;

import java.time.Duration;
import java.util.stream.StreamSupport;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.MessageHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How long Meta asks us to wait: `Retry-After` in seconds, or the estimate of the usage header, in minutes.
final class Waits {

    /// Whatever a header says, an hour later we look again.
    private static final long LONGEST_SECONDS = 3600;

    private Waits() {}

    /// Null when it does not ask.
    static @Nullable Duration askedIn(MessageHeaders headers) {
        var seconds = Math.max(
                retryAfterSeconds(headers.getFirstHeader("Retry-After")),
                60 * regainMinutes(headers.getFirstHeader("x-business-use-case-usage")));
        return seconds <= 0 ? null : Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS));
    }

    private static long retryAfterSeconds(@Nullable Header header) {
        var value = header == null ? null : header.getValue();
        return value != null && value.matches("\\d{1,6}") ? Long.parseLong(value) : 0;
    }

    /// `{"<business id>":[{"type":"whatsapp","estimated_time_to_regain_access":5}]}`
    private static long regainMinutes(@Nullable Header header) {
        var value = header == null ? null : header.getValue();
        return value == null ? 0 : GraphJson.read(value).map(Waits::longestIn).orElse(0L);
    }

    private static long longestIn(JsonNode usage) {
        return StreamSupport.stream(usage.spliterator(), false)
                .flatMap(uses -> StreamSupport.stream(uses.spliterator(), false))
                .mapToLong(use -> use.path("estimated_time_to_regain_access").asInt(0))
                .max()
                .orElse(0);
    }
}
