package com.funnelseye.messaging.whatsapp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Forgets raw events: they hold what customers wrote, and nobody reads them again.
@Component
class EventCleaner {

    static final int BATCH = 2_000;

    private final EventRepository events;
    private final Duration keepFor;
    private final Clock clock;

    EventCleaner(
            EventRepository events, @Value("${messaging.whatsapp.keep-events:30d}") Duration keepFor, Clock clock) {
        this.events = events;
        this.keepFor = keepFor;
        this.clock = clock;
    }

    int runOnce() {
        return events.forget(firstIdOf(clock.instant().minus(keepFor)), BATCH);
    }

    /// Ids of version 7 begin with their milliseconds, so the oldest events have the lowest.
    private static UUID firstIdOf(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16, 0);
    }
}
