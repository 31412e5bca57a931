package com.funnelseye.messaging.stats;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Period;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads the counters, with what is not folded into them yet.
@Repository
class Counters {

    /// Stands for all coaches together.
    static final UUID EVERYONE = new UUID(-1, -1);

    /// @param lastSeenAt when the newest of them failed
    record FailureCount(String code, String title, long count, Instant lastSeenAt) {}

    /// @param bucket which one of the series, from 1
    record Slice(int bucket, long total, long sent, long delivered, long read, long failed, long inbound) {}

    static final String MEASURES = """
        coalesce(sum(total) FILTER (WHERE sender_type <> 'LEAD'), 0) AS total, coalesce(sum(sent), 0) AS sent,
        coalesce(sum(delivered), 0) AS delivered, coalesce(sum(read), 0) AS read,
        coalesce(sum(total) FILTER (WHERE failure_code <> ''), 0) AS failed,
        coalesce(sum(total) FILTER (WHERE sender_type = 'LEAD'), 0) AS inbound
        """;

    private static final String EVER = "span = 'EVER'";

    private static final String QUARTERS = "span = 'QUARTER' AND starts_at >= :from AND starts_at < :to";

    /// Whole days, and the quarter hours around them.
    static final String DAYS = """
        ((span = 'DAY' AND starts_at >= :firstDay AND starts_at < :lastDay)
         OR (span = 'QUARTER' AND starts_at >= :from AND starts_at < :firstDay)
         OR (span = 'QUARTER' AND starts_at >= :lastDay AND starts_at < :to))
        """;

    private final JdbcClient jdbc;

    Counters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Tally tally(Scope scope, Period period) {
        return read(scope, period, counted(spanOf(period)) + " SELECT " + MEASURES + """
                   , coalesce(sum(total) FILTER (WHERE sender_type = 'COACH'), 0) AS by_coach,
                   coalesce(sum(total) FILTER (WHERE sender_type = 'ADMIN'), 0) AS by_admin
              FROM counted
            """)
                .query(Tally.class)
                .single();
    }

    /// Buckets without messages are left out.
    ///
    /// @param starts of the buckets in order, and the end of the last one
    List<Slice> series(Scope scope, List<Instant> starts) {
        var period = new Period(starts.getFirst(), starts.getLast(), ZoneOffset.UTC);
        return read(
                        scope,
                        period,
                        counted(QUARTERS)
                                + " SELECT width_bucket(starts_at, :starts::text[]::timestamptz[]) AS bucket, "
                                + MEASURES
                                + " FROM counted GROUP BY 1")
                .param("starts", starts.stream().map(Instant::toString).toArray(String[]::new))
                .query(Slice.class)
                .list();
    }

    /// Most frequent first.
    List<FailureCount> failures(Scope scope, Period period, int limit) {
        return read(scope, period, counted(spanOf(period)) + """
            SELECT failure_code AS code, coalesce(max(failure_title), failure_code) AS title, sum(total) AS count,
                   max(last_failed_at) AS last_seen_at
              FROM counted
             WHERE failure_code <> ''
             GROUP BY failure_code
            HAVING sum(total) > 0
             ORDER BY sum(total) DESC, failure_code
             LIMIT :limit
            """)
                .param("limit", limit)
                .query(FailureCount.class)
                .list();
    }

    static String spanOf(Period period) {
        return period.isAllTime() ? EVER : DAYS;
    }

    static Map<String, Object> bounds(Period period) {
        var stretch = Stretch.of(period);
        return Map.of(
                "allTime", period.isAllTime(),
                "from", Stretch.utc(stretch.from()),
                "to", Stretch.utc(stretch.to()),
                "firstDay", Stretch.utc(stretch.firstDay()),
                "lastDay", Stretch.utc(stretch.lastDay()),
                "everyone", EVERYONE);
    }

    private JdbcClient.StatementSpec read(Scope scope, Period period, String sql) {
        var coachId = scope.coachId();
        return jdbc.sql(sql).params(bounds(period)).param("whose", coachId == null ? EVERYONE : coachId);
    }

    private static String counted(String span) {
        return """
            WITH counted AS (
                SELECT starts_at, sender_type, failure_code, total, sent, delivered, read, failure_title,
                       last_failed_at
                  FROM message_count
                 WHERE coach_id = :whose AND\
            """ + " " + span + "\n" + """
                 UNION ALL
                SELECT starts_at, sender_type, failure_code, total, sent, delivered, read, failure_title,
                       last_failed_at
                  FROM message_count_move
                 WHERE (:whose = :everyone OR coach_id = :whose)
                   AND (:allTime OR (starts_at >= :from AND starts_at < :to))
            )
            """;
    }
}
