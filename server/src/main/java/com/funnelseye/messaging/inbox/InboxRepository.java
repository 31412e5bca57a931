package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.conversations.Window;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Total;
import com.funnelseye.messaging.inbox.InboxFilter.WindowState;
import com.funnelseye.messaging.inbox.Ownership.CoachName;
import com.funnelseye.messaging.whatsapp.WhatsAppAccount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

@Repository
class InboxRepository {

    /// A conversation before its last message is read.
    record ThreadRow(
            UUID contactId,
            @Nullable String contactName,
            @Nullable String contactPhone,
            UUID lastMessageId,
            long unreadCount,
            long messageCount,
            boolean archived,
            @Nullable Instant lastInboundAt,
            @Nullable UUID coachId,
            @Nullable String coachName,
            @Nullable UUID suggestedId,
            @Nullable String suggestedName) {

        Ownership ownership() {
            return new Ownership(CoachName.of(coachId, coachName), CoachName.of(suggestedId, suggestedName));
        }
    }

    /// What belongs to no coach yet is counted under the nil id.
    private static final UUID NO_COACH = new UUID(0, 0);

    private static final Duration CLOSING = Duration.ofHours(2);

    private static final String WORDS = IntStream.range(0, InboxFilter.MAX_WORDS)
            .mapToObj("   AND (:word%1$d::text IS NULL OR contact.search_text LIKE folded(:word%1$d))\n"::formatted)
            .collect(Collectors.joining());

    /// What a list does not filter by is not joined: PostgreSQL sees that an outer join can neither add nor take a row.
    private static final String WANTED = """
          FROM conversation
          JOIN contact ON contact.id = conversation.contact_id AND contact.deleted_at IS NULL
          LEFT JOIN last_inbound ON last_inbound.phone_number_id = :phoneNumberId
                                AND last_inbound.person = coalesce(contact.reached_as, contact.person)
         WHERE (:coachId::uuid IS NULL OR conversation.coach_id = :coachId)
           AND (NOT :unassigned OR conversation.coach_id IS NULL)
           AND conversation.archived = :archived
           AND (NOT :unreadOnly OR conversation.unread_count > 0)
           AND (NOT :awaiting OR conversation.awaiting)
           AND (:wroteAfter::timestamptz IS NULL OR last_inbound.at > :wroteAfter)
           AND (:wroteUntil::timestamptz IS NULL OR coalesce(last_inbound.at, '-infinity') <= :wroteUntil)
        """ + WORDS;

    private static final String ROW = """
        SELECT thread.contact_id, contact.name AS contact_name, contact.phone AS contact_phone,
               thread.last_message_id, thread.unread_count, thread.message_count, thread.archived,
               last_inbound.at AS last_inbound_at, coach.id AS coach_id, coach.name AS coach_name,
               suggested.id AS suggested_id, suggested.name AS suggested_name
          FROM thread
          JOIN contact ON contact.id = thread.contact_id
          LEFT JOIN last_inbound ON last_inbound.phone_number_id = :phoneNumberId
                                AND last_inbound.person = coalesce(contact.reached_as, contact.person)
          LEFT JOIN account AS coach ON coach.id = thread.coach_id
          LEFT JOIN LATERAL (
               SELECT account.id, account.name
                 FROM contact AS owned
                 JOIN account ON account.id = owned.coach_id
                 LEFT JOIN LATERAL (
                      SELECT sent_at
                        FROM message
                       WHERE contact_id = owned.id AND direction = 'OUTBOUND'
                       ORDER BY sent_at DESC, id DESC
                       LIMIT 1) AS latest ON true
                WHERE thread.coach_id IS NULL AND owned.person = contact.person
                ORDER BY latest.sent_at DESC NULLS LAST, owned.created_at DESC, owned.id DESC
                LIMIT 1) AS suggested ON true
        """;

    private final JdbcClient jdbc;
    private final WhatsAppAccount account;
    private final Clock clock;

    InboxRepository(JdbcClient jdbc, WhatsAppAccount account, Clock clock) {
        this.jdbc = jdbc;
        this.account = account;
        this.clock = clock;
    }

    /// Newest first.
    List<ThreadRow> threads(Scope scope, InboxFilter filter, Page page) {
        var sql = jdbc.sql("""
            WITH thread AS (
                SELECT conversation.contact_id, conversation.coach_id, conversation.last_message_id,
                       conversation.last_message_at, conversation.unread_count, conversation.message_count,
                       conversation.archived
            """ + WANTED + """
                 ORDER BY conversation.last_message_at DESC, conversation.contact_id DESC
                 LIMIT :limit OFFSET :offset
            )
            """ + ROW + " ORDER BY thread.last_message_at DESC, thread.contact_id DESC");
        return bound(sql, scope, filter)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(ThreadRow.class)
                .list();
    }

    /// Kept for the list as it opens; counted, up to a cap, for every other.
    Total total(Scope scope, InboxFilter filter) {
        if (filter.isDefault()) {
            return kept(filter.unassigned() ? NO_COACH : scope.coachId());
        }
        var sql = jdbc.sql("SELECT count(*) FROM (SELECT 1" + WANTED + " LIMIT :cap + 1) AS wanted");
        return Total.upToCap(bound(sql, scope, filter)
                .param("cap", Total.CAP)
                .query(Long.class)
                .single());
    }

    /// Empty while a contact has no messages.
    Optional<ThreadRow> thread(UUID contactId) {
        return jdbc.sql("""
            WITH thread AS (
                SELECT contact_id, coach_id, last_message_id, unread_count, message_count, archived
                  FROM conversation
                 WHERE contact_id = :contactId
            )
            """ + ROW)
                .param("contactId", contactId)
                .param("phoneNumberId", account.phoneNumberId())
                .query(ThreadRow.class)
                .optional();
    }

    /// @param coachId null for all
    private Total kept(@Nullable UUID coachId) {
        return Total.exactly(
                jdbc.sql("""
                    SELECT coalesce(sum(conversations), 0)
                      FROM coach_total
                     WHERE (:coachId::uuid IS NULL OR coach_id = :coachId)
                    """).param("coachId", coachId).query(Long.class).single());
    }

    private StatementSpec bound(StatementSpec sql, Scope scope, InboxFilter filter) {
        for (var i = 0; i < InboxFilter.MAX_WORDS; i++) {
            sql = sql.param(
                    "word" + i, i < filter.words().size() ? filter.words().get(i) : null);
        }
        return sql.param("coachId", scope.coachId())
                .param("unassigned", filter.unassigned())
                .param("archived", filter.archived())
                .param("unreadOnly", filter.unreadOnly())
                .param("awaiting", filter.awaiting())
                .param("wroteAfter", wroteAfter(filter.window()))
                .param("wroteUntil", wroteUntil(filter.window()))
                .param("phoneNumberId", account.phoneNumberId());
    }

    private @Nullable OffsetDateTime wroteAfter(@Nullable WindowState window) {
        return window == WindowState.OPEN || window == WindowState.CLOSING ? ago(Window.LENGTH) : null;
    }

    private @Nullable OffsetDateTime wroteUntil(@Nullable WindowState window) {
        if (window == null || window == WindowState.OPEN) {
            return null;
        }
        return ago(window == WindowState.CLOSED ? Window.LENGTH : Window.LENGTH.minus(CLOSING));
    }

    private OffsetDateTime ago(Duration duration) {
        return clock.instant().minus(duration).atOffset(ZoneOffset.UTC);
    }
}
