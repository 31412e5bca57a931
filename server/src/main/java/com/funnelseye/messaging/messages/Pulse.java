package com.funnelseye.messaging.messages;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// How sending goes at this moment. Every count stops at a limit, so looking costs the same on a bad day.
@Service
public class Pulse {

    /// Counts stop here.
    public static final int CAP = 10_000;

    /// The newest messages that speed is judged by.
    static final int SAMPLE = 1_000;

    /// @param due waiting, and it is time; up to [#CAP]
    /// @param oldestDueSeconds how long the first of them has been due
    /// @param unconfirmed sends whose outcome nobody knows
    public record Backlog(
            long due,
            @Nullable Double oldestDueSeconds,
            long sending,
            long unconfirmed,
            @Nullable Double oldestUnconfirmedSeconds) {}

    /// Of the newest messages accepted within five minutes, up to a thousand. Latencies are null without any.
    ///
    /// @param since acceptance of the oldest message looked at
    public record Pace(
            long messages,
            long accepted,
            long delivered,
            long failed,
            @Nullable Instant since,
            @Nullable Double acceptP50Seconds,
            @Nullable Double acceptP95Seconds,
            @Nullable Double deliverP50Seconds,
            @Nullable Double deliverP95Seconds) {

        public boolean isSample() {
            return messages == SAMPLE;
        }
    }

    private final JdbcClient jdbc;

    Pulse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Backlog backlog() {
        return jdbc.sql("""
            SELECT (SELECT count(*)
                      FROM (SELECT FROM outbox WHERE state = 'QUEUED' AND due_at <= now() LIMIT :cap) AS due) AS due,
                   (SELECT extract(epoch FROM now() - min(due_at))
                      FROM outbox
                     WHERE state = 'QUEUED' AND due_at <= now())::float8 AS oldest_due_seconds,
                   (SELECT count(*) FROM (SELECT FROM outbox WHERE state = 'SENDING' LIMIT :cap) AS sending) AS sending,
                   (SELECT count(*)
                      FROM (SELECT FROM outbox WHERE state = 'UNKNOWN' LIMIT :cap) AS unknown) AS unconfirmed,
                   (SELECT extract(epoch FROM now() - min(created_at))
                      FROM outbox
                     WHERE state = 'UNKNOWN')::float8 AS oldest_unconfirmed_seconds
            """).param("cap", CAP).query(Backlog.class).single();
    }

    /// How long the first single message has been due. Those of a lane wait for their pace, or are paused.
    public @Nullable Double oldestSingleDueSeconds() {
        return jdbc.sql("""
            SELECT extract(epoch FROM now() - min(due_at))::float8
              FROM outbox
             WHERE state = 'QUEUED' AND lane_id IS NULL AND due_at <= now()
            """).query(Double.class).optional().orElse(null);
    }

    /// Whether nothing is sent until an operator says so.
    public boolean isHeld() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM sending_hold)")
                .query(Boolean.class)
                .single();
    }

    /// Whether WhatsApp accepted a message between these moments. At most an hour is looked at.
    public boolean hasSentBetween(Instant from, Instant to) {
        return jdbc.sql("""
            SELECT EXISTS (SELECT
                             FROM message
                            WHERE sent_at > greatest(:from::timestamptz, :to::timestamptz - interval '1 hour')
                              AND sent_at < :to AND direction = 'OUTBOUND' AND outcome = 'ACCEPTED')
            """)
                .param("from", from.atOffset(UTC))
                .param("to", to.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    public Pace pace() {
        return jdbc.sql("""
            WITH newest AS (
                SELECT sent_at, direction, outcome, accepted_at, delivered_at, read_at, failed_at
                  FROM message
                 WHERE sent_at > now() - interval '5 minutes' AND sent_at <= now()
                 ORDER BY sent_at DESC, id DESC
                 LIMIT :sample
            )
            SELECT count(*) AS messages, count(*) FILTER (WHERE outcome = 'ACCEPTED') AS accepted,
                   count(*) FILTER (WHERE coalesce(delivered_at, read_at) IS NOT NULL) AS delivered,
                   count(*) FILTER (WHERE failed_at IS NOT NULL AND coalesce(delivered_at, read_at) IS NULL) AS failed,
                   min(sent_at) AS since,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(extract(epoch FROM accepted_at - sent_at), 0)::float8)
                       AS accept_p50_seconds,
                   percentile_cont(0.95) WITHIN GROUP (ORDER BY greatest(extract(epoch FROM accepted_at - sent_at), 0)::float8)
                       AS accept_p95_seconds,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(extract(epoch FROM delivered_at - accepted_at), 0)::float8)
                       AS deliver_p50_seconds,
                   percentile_cont(0.95) WITHIN GROUP (ORDER BY greatest(extract(epoch FROM delivered_at - accepted_at), 0)::float8)
                       AS deliver_p95_seconds
              FROM newest
             WHERE direction = 'OUTBOUND'
            """).param("sample", SAMPLE).query(Pace.class).single();
    }
}
