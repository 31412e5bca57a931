package com.funnelseye.messaging.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.funnelseye.messaging.credits.Balance.CreditStatus;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Total;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Coaches beside each other.
@Repository
class Ranking {

    enum Sort {
        VOLUME,
        DELIVERY,
        REPLYTIME,
        CREDITS,
        NAME
    }

    enum Order {
        ASC,
        DESC
    }

    enum Status {
        ACTIVE,
        SUSPENDED
    }

    /// @param search part of name or e-mail address; shorter than 2 characters it is ignored
    record Filter(@Nullable String search, @Nullable Status status) {

        @Nullable
        String pattern() {
            var text = search == null ? "" : search.strip();
            return text.length() < 2 ? null : "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
        }
    }

    record Credits(long balance, long reserved, long totalUsed, CreditStatus status) {}

    /// @param successRate delivered of all, in percent
    /// @param medianReplySeconds from a customer's message to the coach's next one, off by at most nine
    /// percent; null without any
    record Row(
            @JsonProperty("_id") UUID id,
            String name,
            @Nullable String email,
            Status status,
            Instant createdAt,
            long totalMessages,
            long sentMessages,
            long deliveredMessages,
            long readMessages,
            long failedMessages,
            long inboundMessages,
            String successRate,
            long replies,
            @Nullable Long medianReplySeconds,
            Credits credits) {}

    private record Coach(
            UUID id,
            String name,
            @Nullable String email,
            Status status,
            Instant createdAt,
            long total,
            long sent,
            long delivered,
            long read,
            long failed,
            long inbound,
            long replies,
            @Nullable Long medianReplySeconds,
            long balance,
            long reserved,
            long totalUsed,
            CreditStatus creditStatus) {

        Row row() {
            return new Row(
                    id,
                    name,
                    email,
                    status,
                    createdAt,
                    total,
                    sent,
                    delivered,
                    read,
                    failed,
                    inbound,
                    Tally.percent(delivered, total),
                    replies,
                    medianReplySeconds,
                    new Credits(balance, reserved, totalUsed, creditStatus));
        }
    }

    private static final String FILTER = """
         WHERE account.role = 'COACH'
           AND (:pattern::text IS NULL OR folded(account.name || ' ' || coalesce(account.email, '')) LIKE folded(:pattern))
           AND (:status::account_status IS NULL OR account.status = :status::account_status)
        """;

    private final JdbcClient jdbc;

    Ranking(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Coaches without a value to sort by come last; names break ties.
    List<Row> coaches(Filter filter, Period period, Sort sort, Order order, Page page) {
        return jdbc
                .sql(tallies(Counters.spanOf(period)) + """
                    SELECT account.id, account.name, account.email, account.status, account.created_at,
                           coalesce(tally.total, 0) AS total, coalesce(tally.sent, 0) AS sent,
                           coalesce(tally.delivered, 0) AS delivered, coalesce(tally.read, 0) AS read,
                           coalesce(tally.failed, 0) AS failed, coalesce(tally.inbound, 0) AS inbound,
                           coalesce(tally.replies, 0) AS replies,
                           round(median.seconds)::bigint AS median_reply_seconds,
                           credit_account.available AS balance, credit_account.reserved,
                           credit_account.spent AS total_used, credit_account.status AS credit_status
                      FROM account
                      JOIN credit_account ON credit_account.coach_id = account.id
                      LEFT JOIN tally ON tally.coach_id = account.id
                      LEFT JOIN median ON median.coach_id = account.id
                    """ + FILTER + """
                     ORDER BY CASE :sort WHEN 'NAME' THEN 0
                                         ELSE CASE :order WHEN 'ASC' THEN 1 ELSE -1 END
                              END * CASE :sort WHEN 'VOLUME' THEN coalesce(tally.total, 0)
                                               WHEN 'DELIVERY' THEN tally.delivered / nullif(tally.total, 0)
                                               WHEN 'REPLYTIME' THEN median.seconds
                                               WHEN 'CREDITS' THEN credit_account.available END NULLS LAST,
                              CASE WHEN :sort = 'NAME' AND :order = 'DESC' THEN folded(account.name) END DESC,
                              folded(account.name), account.id
                     LIMIT :limit OFFSET :offset
                    """)
                .params(Counters.bounds(period))
                .param("pattern", filter.pattern())
                .param(
                        "status",
                        filter.status() == null ? null : filter.status().name())
                .param("sort", sort.name())
                .param("order", order.name())
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Coach.class)
                .list()
                .stream()
                .map(Coach::row)
                .toList();
    }

    Total total(Filter filter) {
        return Total.upToCap(
                jdbc.sql("SELECT count(*) FROM (SELECT FROM account" + FILTER + " LIMIT :cap + 1) AS matching")
                        .param("pattern", filter.pattern())
                        .param(
                                "status",
                                filter.status() == null ? null : filter.status().name())
                        .param("cap", Total.CAP)
                        .query(Long.class)
                        .single());
    }

    private static String tallies(String span) {
        return """
            WITH counted AS (
                SELECT coach_id, sender_type, failure_code, total, sent, delivered, read, replies
                  FROM message_count
                 WHERE coach_id <> :everyone AND\
            """ + " " + span + "\n" + """
                 UNION ALL
                SELECT coach_id, sender_type, failure_code, total, sent, delivered, read, replies
                  FROM message_count_move
                 WHERE :allTime OR (starts_at >= :from AND starts_at < :to)
            ), tally AS (
                SELECT coach_id, sum(replies) AS replies,
            """ + Counters.MEASURES + """
                  FROM counted
                 GROUP BY coach_id
            ), timed AS (
                SELECT coach_id, bucket, replies
                  FROM reply_time
                 WHERE\
            """ + " " + span + "\n" + """
                 UNION ALL
                SELECT coach_id, bucket, replies
                  FROM reply_time_move
                 WHERE :allTime OR (starts_at >= :from AND starts_at < :to)
            ), histogram AS (
                SELECT coach_id, bucket, sum(replies) AS replies,
                       sum(sum(replies)) OVER (PARTITION BY coach_id ORDER BY bucket) AS up_to,
                       sum(sum(replies)) OVER (PARTITION BY coach_id) / 2 AS half
                  FROM timed
                 GROUP BY coach_id, bucket
            ), median AS (
                SELECT DISTINCT ON (coach_id) coach_id,
                       reply_bucket_from(bucket)
                       + (reply_bucket_from(bucket + 1) - reply_bucket_from(bucket))
                         * ((half - (up_to - replies)) / replies)::double precision AS seconds
                  FROM histogram
                 WHERE up_to >= half
                 ORDER BY coach_id, bucket
            )
            """;
    }
}
