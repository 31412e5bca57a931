package com.funnelseye.messaging.stats;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Adds what statements moved to the counters. Readers see both in one statement, so they see every message once,
/// folded or not.
@Service
class CounterFold {

    static final int BATCH = 20_000;

    private final JdbcClient jdbc;

    CounterFold(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// One batch. Only one node folds at a time: two would take the same counters in different orders.
    @Transactional
    public int runOnce() {
        var mine = jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtext('message_count'))")
                .query(Boolean.class)
                .single();
        return mine ? fold() + foldReplies() : 0;
    }

    private int fold() {
        return jdbc.sql("""
            WITH folded AS (
                DELETE FROM message_count_move
                 WHERE id IN (SELECT id FROM message_count_move ORDER BY id LIMIT :batch)
                RETURNING coach_id, starts_at, sender_type, failure_code, total, sent, delivered, read, replies,
                          failure_title, last_failed_at
            ), counted AS (
                INSERT INTO message_count AS kept (
                       coach_id, span, starts_at, sender_type, failure_code, total, sent, delivered, read, replies,
                       failure_title, last_failed_at)
                SELECT whose.coach_id, span,
                       CASE span WHEN 'QUARTER' THEN folded.starts_at
                                 WHEN 'DAY' THEN date_trunc('day', folded.starts_at, 'UTC')
                                 WHEN 'EVER' THEN '-infinity' END,
                       sender_type, failure_code, sum(total), sum(sent), sum(delivered), sum(read), sum(replies),
                       max(failure_title), max(last_failed_at)
                  FROM folded
                 CROSS JOIN unnest(enum_range(NULL::count_span)) AS span
                 CROSS JOIN LATERAL (VALUES (folded.coach_id), (:everyone)) AS whose (coach_id)
                 GROUP BY 1, 2, 3, 4, 5
                    ON CONFLICT (coach_id, span, starts_at, sender_type, failure_code) DO UPDATE
                   SET total = kept.total + excluded.total,
                       sent = kept.sent + excluded.sent,
                       delivered = kept.delivered + excluded.delivered,
                       read = kept.read + excluded.read,
                       replies = kept.replies + excluded.replies,
                       failure_title = coalesce(excluded.failure_title, kept.failure_title),
                       last_failed_at = greatest(kept.last_failed_at, excluded.last_failed_at)
            )
            SELECT count(*)
              FROM folded
            """)
                .param("batch", BATCH)
                .param("everyone", Counters.EVERYONE)
                .query(Integer.class)
                .single();
    }

    private int foldReplies() {
        return jdbc.sql("""
            WITH folded AS (
                DELETE FROM reply_time_move
                 WHERE id IN (SELECT id FROM reply_time_move ORDER BY id LIMIT :batch)
                RETURNING coach_id, starts_at, bucket, replies
            ), counted AS (
                INSERT INTO reply_time AS kept (coach_id, span, starts_at, bucket, replies)
                SELECT coach_id, span,
                       CASE span WHEN 'QUARTER' THEN folded.starts_at
                                 WHEN 'DAY' THEN date_trunc('day', folded.starts_at, 'UTC')
                                 WHEN 'EVER' THEN '-infinity' END,
                       bucket, sum(replies)
                  FROM folded
                 CROSS JOIN unnest(enum_range(NULL::count_span)) AS span
                 GROUP BY 1, 2, 3, 4
                    ON CONFLICT (coach_id, span, starts_at, bucket) DO UPDATE
                   SET replies = kept.replies + excluded.replies
            )
            SELECT count(*)
              FROM folded
            """).param("batch", BATCH).query(Integer.class).single();
    }
}
