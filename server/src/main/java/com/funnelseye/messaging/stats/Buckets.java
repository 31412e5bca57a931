package com.funnelseye.messaging.stats;

import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Cuts a period into the days or hours of a zone, its daylight saving included.
enum Buckets {
    DAY(Duration.ofDays(30)) {
        @Override
        Instant start(Instant within, ZoneId zone) {
            return dateOf(within, zone).atStartOfDay(zone).toInstant();
        }

        @Override
        Instant next(Instant start, ZoneId zone) {
            return dateOf(start, zone).plusDays(1).atStartOfDay(zone).toInstant();
        }
    },
    HOUR(Duration.ofHours(24)) {
        @Override
        Instant start(Instant within, ZoneId zone) {
            return within.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
        }

        @Override
        Instant next(Instant start, ZoneId zone) {
            return start.plus(1, ChronoUnit.HOURS);
        }
    };

    /// A year of days, a month of hours.
    static final int MAX = 750;

    private final Duration usual;

    Buckets(Duration usual) {
        this.usual = usual;
    }

    /// The first bucket that holds what `within` falls into.
    abstract Instant start(Instant within, ZoneId zone);

    abstract Instant next(Instant start, ZoneId zone);

    /// Starts of all buckets that touch the period, and the end of the last one. Open ends are now and the usual
    /// length.
    List<Instant> of(Period period, Clock clock) {
        var to = period.to() == null ? clock.instant() : period.to();
        var from = period.from() == null ? to.minus(usual) : period.from();
        var starts = new ArrayList<Instant>();
        var start = start(from, period.zone());
        starts.add(start);
        do {
            start = next(start, period.zone());
            starts.add(start);
            if (starts.size() > MAX + 1) {
                throw Refusal.invalid("from", "A series may have at most %d points".formatted(MAX));
            }
        } while (start.isBefore(to));
        return starts;
    }

    private static LocalDate dateOf(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDate();
    }
}
