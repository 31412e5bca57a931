package com.funnelseye.messaging.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A successful answer: `{"success":true,"message"?,"data"}`.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reply<T>(
        boolean success, @Nullable String message, @Nullable T data) {

    public static <T> Reply<T> of(T data) {
        return new Reply<>(true, null, data);
    }

    public static <T> Reply<T> of(String message, T data) {
        return new Reply<>(true, message, data);
    }

    public static Reply<Void> done(String message) {
        return new Reply<>(true, message, null);
    }
}
