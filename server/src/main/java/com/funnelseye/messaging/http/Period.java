package com.funnelseye.messaging.http;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A stretch of time somebody asks about, from `from` up to but without `to`; either end may be open.
///
/// @param zone whose days are meant
@FromQuery("from")
@FromQuery("to")
@FromQuery(value = "tz", otherwise = "UTC")
public record Period(@Nullable Instant from, @Nullable Instant to, ZoneId zone) {

    public boolean isAllTime() {
        return from == null && to == null;
    }
}
