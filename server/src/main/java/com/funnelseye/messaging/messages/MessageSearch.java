package com.funnelseye.messaging.messages;

import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Total;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Lists messages across threads, newest first.
@Service
public class MessageSearch {

    /// Status and type are in no index, so no more than this many of the newest messages of scope and period are looked
    /// at; older ones are found by naming a period.
    static final int REACH = 50_000;

    /// Which messages are wanted; null means any.
    ///
    /// @param contactIds only threads of these
    public record Filter(
            Scope scope,
            Period period,
            @Nullable Direction direction,
            @Nullable MessageStatus status,
            @Nullable MessageType type,
            @Nullable List<UUID> contactIds) {

        public static Filter outbound(Scope scope, Period period) {
            return new Filter(scope, period, Direction.OUTBOUND, null, null, null);
        }

        /// Whether it is nothing but a scope.
        public boolean isEmpty() {
            return period.isAllTime() && direction == null && status == null && type == null && contactIds == null;
        }
    }

    private record Matches(long looked, long matching) {}

    /// The status of [MessageStatus#of], for comparing alone.
    private static final String STATUS = """
        CASE WHEN message.direction = 'INBOUND' THEN 'DELIVERED'
             WHEN message.read_at IS NOT NULL THEN 'READ'
             WHEN message.delivered_at IS NOT NULL THEN 'DELIVERED'
             WHEN message.failed_at IS NOT NULL THEN 'FAILED'
             ELSE CASE coalesce(message.outcome::text, outbox.state::text)
                       WHEN 'UNKNOWN' THEN 'UNCONFIRMED'
                       WHEN 'ACCEPTED' THEN 'SENT'
                       WHEN 'ABANDONED' THEN 'FAILED'
                       ELSE coalesce(message.outcome::text, outbox.state::text) END END
        """;

    private static final String WITHIN_REACH = """
        WITH within_reach AS (
            SELECT message.id, message.sent_at, message.type,
                   CASE WHEN :status::text IS NOT NULL THEN\
        """ + " " + STATUS + """
                   END AS status
              FROM message
              LEFT JOIN outbox ON outbox.message_id = message.id
             WHERE (:coachId::uuid IS NULL OR message.coach_id = :coachId)
               AND (:from::timestamptz IS NULL OR message.sent_at >= :from)
               AND (:to::timestamptz IS NULL OR message.sent_at < :to)
               AND (:direction::message_direction IS NULL OR message.direction = :direction::message_direction)
               AND (:contactIds::uuid[] IS NULL OR message.contact_id = ANY (:contactIds::uuid[]))
             ORDER BY message.sent_at DESC, message.id DESC
             LIMIT :reach
        )
        """;

    private static final String MATCHING = """
         WHERE (:status::text IS NULL OR status = :status)
           AND (:type::message_type IS NULL OR type = :type::message_type)
        """;

    private final JdbcClient jdbc;
    private final MessageRepository repository;

    MessageSearch(JdbcClient jdbc, MessageRepository repository) {
        this.jdbc = jdbc;
        this.repository = repository;
    }

    /// Refused beyond the reach, rather than slow.
    public List<Message> page(Filter filter, Page page) {
        if (page.offset() + page.limit() > REACH) {
            throw Refusal.invalid(
                    "page", "Only the newest %d messages have pages: narrow from and to".formatted(REACH));
        }
        var plain = filter.status() == null && filter.type() == null;
        var ids = bound(
                        filter,
                        WITHIN_REACH + " SELECT id FROM within_reach" + MATCHING
                                + " ORDER BY sent_at DESC, id DESC LIMIT :limit OFFSET :offset")
                .param("reach", plain ? page.offset() + page.limit() : REACH)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(UUID.class)
                .list();
        return inOrder(ids);
    }

    /// Capped when more may match than were looked at.
    public Total total(Filter filter) {
        var matches = bound(
                        filter,
                        WITHIN_REACH
                                + " SELECT (SELECT count(*) FROM within_reach) AS looked, count(*) AS matching FROM"
                                + " within_reach"
                                + MATCHING)
                .param("reach", filter.status() == null && filter.type() == null ? Total.CAP + 1 : REACH)
                .query(Matches.class)
                .single();
        var total = Total.upToCap(matches.matching());
        return matches.looked() < REACH ? total : new Total(total.count(), true);
    }

    private List<Message> inOrder(List<UUID> ids) {
        var rows = repository.byIds(ids).stream().collect(toMap(Message::id, Function.identity()));
        return ids.stream().flatMap(id -> Stream.ofNullable(rows.get(id))).toList();
    }

    private JdbcClient.StatementSpec bound(Filter filter, String sql) {
        return jdbc.sql(sql)
                .param("coachId", filter.scope().coachId())
                .param("from", utc(filter.period().from()))
                .param("to", utc(filter.period().to()))
                .param("direction", nameOf(filter.direction()))
                .param("status", nameOf(filter.status()))
                .param("type", nameOf(filter.type()))
                .param(
                        "contactIds",
                        filter.contactIds() == null ? null : filter.contactIds().toArray(UUID[]::new));
    }

    private static @Nullable String nameOf(@Nullable Enum<?> word) {
        return word == null ? null : word.name();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(UTC);
    }
}
