package com.funnelseye.messaging.whatsapp;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// How WhatsApp's events arrive at this moment.
@Service
public class WebhookPulse {

    /// Counts stop here.
    public static final int CAP = 10_000;

    /// @param waiting due and not read yet
    /// @param parked read, and about a message we do not know, or not yet
    public record Arrivals(
            @Nullable Instant lastEventAt,
            long waiting,
            @Nullable Double oldestWaitingSeconds,
            long parked) {}

    private final JdbcClient jdbc;

    WebhookPulse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Ids are ordered by time, so the newest event is the last one.
    public Arrivals arrivals() {
        return jdbc.sql("""
            WITH unread AS (
                SELECT tries, due_at, received_at
                  FROM whatsapp_event
                 WHERE applied_at IS NULL
                 LIMIT :cap
            )
            SELECT (SELECT received_at FROM whatsapp_event ORDER BY id DESC LIMIT 1) AS last_event_at,
                   count(*) FILTER (WHERE tries = 0) AS waiting,
                   extract(epoch FROM now() - min(received_at) FILTER (WHERE tries = 0))::float8
                       AS oldest_waiting_seconds,
                   count(*) FILTER (WHERE tries > 0) AS parked
              FROM unread
            """).param("cap", CAP).query(Arrivals.class).single();
    }
}
