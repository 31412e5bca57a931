package com.funnelseye.messaging.stats;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.http.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/// A period as the counters know it: whole quarter hours, of which whole UTC days are read as days.
///
/// @param from and to are widened to full quarter hours
/// @param firstDay start of the first whole day
/// @param lastDay end of the last whole day; `firstDay` if there is none
record Stretch(Instant from, Instant to, Instant firstDay, Instant lastDay) {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    static Stretch of(Period period) {
        var from = floor(period.from() == null ? EARLIEST : period.from(), QUARTER);
        var to = ceiling(period.to() == null ? LATEST : period.to(), QUARTER);
        var firstDay = ceiling(from, ChronoUnit.DAYS.getDuration());
        var lastDay = floor(to, ChronoUnit.DAYS.getDuration());
        return firstDay.isBefore(lastDay) ? new Stretch(from, to, firstDay, lastDay) : new Stretch(from, to, to, to);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(UTC);
    }

    private static Instant floor(Instant instant, Duration step) {
        var seconds = step.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
    }

    private static Instant ceiling(Instant instant, Duration step) {
        var floor = floor(instant, step);
        return floor.equals(instant) ? floor : floor.plus(step);
    }
}
