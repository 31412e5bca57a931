package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Total;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
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
            @Nullable Instant lastInboundAt) {}

    private final JdbcClient jdbc;

    InboxRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Newest first.
    List<ThreadRow> threads(Scope scope, boolean unreadOnly, String phoneNumberId, Page page) {
        return jdbc.sql("""
            SELECT conversation.contact_id, contact.name AS contact_name, contact.phone AS contact_phone,
                   conversation.last_message_id, conversation.unread_count, conversation.message_count,
                   last_inbound.at AS last_inbound_at
              FROM conversation
              JOIN contact ON contact.id = conversation.contact_id AND contact.deleted_at IS NULL
              LEFT JOIN last_inbound ON last_inbound.phone_number_id = :phoneNumberId
                                    AND last_inbound.person = contact.person
             WHERE (:coachId::uuid IS NULL OR conversation.coach_id = :coachId)
               AND (NOT :unreadOnly OR conversation.unread_count > 0)
             ORDER BY conversation.last_message_at DESC, conversation.contact_id DESC
             LIMIT :limit OFFSET :offset
            """)
                .param("coachId", scope.coachId())
                .param("unreadOnly", unreadOnly)
                .param("phoneNumberId", phoneNumberId)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(ThreadRow.class)
                .list();
    }

    Total total(Scope scope, boolean unreadOnly) {
        if (unreadOnly) {
            return Total.upToCap(jdbc.sql("""
                SELECT count(*)
                  FROM (SELECT 1
                          FROM conversation
                          JOIN contact ON contact.id = conversation.contact_id AND contact.deleted_at IS NULL
                         WHERE (:coachId::uuid IS NULL OR conversation.coach_id = :coachId)
                           AND conversation.unread_count > 0
                         LIMIT :cap + 1) AS unread
                """)
                    .param("coachId", scope.coachId())
                    .param("cap", Total.CAP)
                    .query(Long.class)
                    .single());
        }
        return Total.exactly(jdbc.sql("""
            SELECT coalesce(sum(conversations), 0)
              FROM coach_total
             WHERE (:coachId::uuid IS NULL OR coach_id = :coachId)
            """)
                .param("coachId", scope.coachId())
                .query(Long.class)
                .single());
    }

    /// Messages of one thread, a kept count.
    Total messages(UUID contactId) {
        return Total.exactly(jdbc.sql("SELECT message_count FROM conversation WHERE contact_id = :contactId")
                .param("contactId", contactId)
                .query(Long.class)
                .optional()
                .orElse(0L));
    }
}
