package com.funnelseye.messaging.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Reads `from`, `to` and `tz` into a [Period]. An end is a time (`2024-01-15T10:00:00Z`) or a date, meaning that whole
/// day in the zone, which is UTC unless given.
@Component
class PeriodArgument implements HandlerMethodArgumentResolver {

    /// By this name, which may be given back; that of [java.time.ZoneOffset#UTC] is Z.
    private static final ZoneId UTC = ZoneId.of("UTC");

    /// PostgreSQL and the calendar agree within these.
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Period.class;
    }

    @Override
    public Period resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var zone = zone(request.getParameter("tz"));
        var from = instant("from", request.getParameter("from"), zone, 0);
        var to = instant("to", request.getParameter("to"), zone, 1);
        if (from != null && to != null && !from.isBefore(to)) {
            throw Refusal.invalid("from", "from must be before to");
        }
        return new Period(from, to, zone);
    }

    private static ZoneId zone(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return UTC;
        }
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw Refusal.invalid("tz", "tz must be a time zone such as Asia/Kolkata");
        }
        return ZoneId.of(text);
    }

    private static @Nullable Instant instant(String name, @Nullable String text, ZoneId zone, int daysAfter) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            var instant = text.length() == 10
                    ? LocalDate.parse(text)
                            .plusDays(daysAfter)
                            .atStartOfDay(zone)
                            .toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeException noTime) {
            // said below
        }
        throw Refusal.invalid(name, name + " must be a date such as 2024-01-15 or a time such as 2024-01-15T10:00:00Z");
    }
}
