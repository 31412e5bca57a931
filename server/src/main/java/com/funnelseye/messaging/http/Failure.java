package com.funnelseye.messaging.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An unsuccessful answer: `{"success":false,"message","error","code","data"?,"fields"?}`.
///
/// @param fields field name → what is wrong with it; left out when no field is to blame
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Failure(
        boolean success,
        String message,
        String error,
        String code,
        @Nullable Object data,
        Map<String, String> fields) {

    Failure(String message, String error, String code, @Nullable Object data, Map<String, String> fields) {
        this(false, message, error, code, data, fields);
    }

    Failure(String message, String error, String code) {
        this(message, error, code, null, Map.of());
    }

    /// The same sentence for a bad, a missing and an expired token.
    public static final Failure UNAUTHORIZED =
            new Failure("Access denied. Invalid token.", "Unauthorized", "UNAUTHORIZED");

    public static final Failure FORBIDDEN =
            new Failure("Access denied. Insufficient permissions.", "Forbidden", "FORBIDDEN");
}
