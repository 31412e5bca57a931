package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.conversations.ContactErased;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Total;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Whom bulks were for. Whether the caller may see the bulk is asked before.
@Repository("bulkRecipients")
class Recipients {

    /// WhatsApp holds these back for a day (131049: too much marketing; 130472: part of an experiment).
    private static final String ROWS = """
        SELECT position, contact, name, lead_id, status, message_id, code, error, retryable_at, accepted_at,
               delivered_at, read_at, retried_in, parameters
          FROM (SELECT recipient.position, recipient.phone AS contact,
                       coalesce(recipient.name, contact.name) AS name,
                       coalesce(recipient.contact_id, recipient.lead_id) AS lead_id, recipient.message_id,
                       CASE WHEN recipient.verdict <> 'ACCEPTED' THEN recipient.verdict::text
                            WHEN message.outcome IS NULL
                            THEN CASE outbox.state WHEN 'UNKNOWN' THEN 'UNCONFIRMED' ELSE outbox.state::text END
                            WHEN message.read_at IS NOT NULL THEN 'READ'
                            WHEN message.delivered_at IS NOT NULL THEN 'DELIVERED'
                            WHEN message.failed_at IS NOT NULL OR message.outcome IN ('FAILED', 'ABANDONED')
                            THEN 'FAILED'
                            WHEN message.outcome = 'CANCELLED' THEN 'CANCELLED'
                            ELSE 'SENT' END AS status,
                       coalesce(recipient.code, message.failure_code) AS code,
                       coalesce(recipient.error,
                                CASE WHEN message.failure_code ~ '^[0-9]+$' THEN 'WhatsApp API error: ' ELSE '' END
                                    || message.failure_title) AS error,
                       CASE WHEN message.failure_code IN ('131049', '130472')
                            THEN message.failed_at + interval '24 hours' END AS retryable_at,
                       message.accepted_at, message.delivered_at, message.read_at, recipient.retried_in,
                       recipient.parameters::text AS parameters
                  FROM bulk_recipient AS recipient
                  LEFT JOIN message ON message.id = recipient.message_id
                  LEFT JOIN outbox ON outbox.message_id = recipient.message_id
                  LEFT JOIN contact ON contact.id = recipient.contact_id
                 WHERE recipient.bulk_id = :bulkId) AS seen
         WHERE status = ANY (:statuses)
        """;

    record RecipientPage(List<Recipient> recipients, Pagination pagination) {}

    private final JdbcClient jdbc;

    Recipients(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// In the order of the request.
    RecipientPage list(Bulk bulk, @Nullable RecipientGroup group, Page page) {
        var recipients = rows(
                        ROWS + " ORDER BY position LIMIT :limit OFFSET :offset",
                        bulk.bulkId(),
                        RecipientGroup.names(group))
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Recipient.class)
                .list();
        return new RecipientPage(recipients, page.of(Total.exactly(total(bulk, group))));
    }

    private long total(Bulk bulk, @Nullable RecipientGroup group) {
        return group == null
                ? bulk.total()
                : group.countIn(bulk)
                        .orElseGet(() -> rows(
                                        "SELECT count(*) FROM (" + ROWS + ") AS counted",
                                        bulk.bulkId(),
                                        RecipientGroup.names(group))
                                .query(Long.class)
                                .single());
    }

    /// Those of whom something can be told: who was skipped, who failed, whose message WhatsApp took.
    List<Recipient> told(UUID bulkId) {
        var statuses = Stream.of(RecipientGroup.SUCCESSFUL, RecipientGroup.FAILED, RecipientGroup.SKIPPED)
                .flatMap(group -> Arrays.stream(RecipientGroup.names(group)))
                .toArray(String[]::new);
        return rows(ROWS + " ORDER BY position", bulkId, statuses)
                .query(Recipient.class)
                .list();
    }

    /// The next of them from this position on.
    List<Recipient> from(UUID bulkId, int position, int limit) {
        return rows(
                        ROWS + " AND position >= :position ORDER BY position LIMIT :limit",
                        bulkId,
                        RecipientGroup.names(null))
                .param("position", position)
                .param("limit", limit)
                .query(Recipient.class)
                .list();
    }

    private JdbcClient.StatementSpec rows(String sql, UUID bulkId, String[] statuses) {
        return jdbc.sql(sql).param("bulkId", bulkId).param("statuses", statuses);
    }

    /// Those who failed and can be tried again, with what the request said of them. Nobody else tries them until this
    /// transaction ends.
    record Again(
            int position,
            @Nullable String phone,
            @Nullable UUID leadId,
            @Nullable String name,
            @Nullable String parameters) {}

    List<Again> holdFailed(UUID bulkId, Instant now) {
        return jdbc.sql("""
            SELECT recipient.position, recipient.phone, coalesce(recipient.lead_id, recipient.contact_id) AS lead_id,
                   recipient.name, recipient.parameters::text AS parameters
              FROM bulk_recipient AS recipient
              LEFT JOIN message ON message.id = recipient.message_id
             WHERE recipient.bulk_id = :bulkId AND recipient.retried_in IS NULL
               AND (recipient.verdict = 'FAILED'
                    OR bulk_fate(message.outcome, message.delivered_at, message.read_at, message.failed_at) = 'FAILED')
               AND (message.failure_code IS NULL OR message.failure_code NOT IN ('131049', '130472')
                    OR message.failed_at + interval '24 hours' <= :now)
             ORDER BY recipient.position
               FOR UPDATE OF recipient
            """)
                .param("bulkId", bulkId)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Again.class)
                .list();
    }

    /// What lines of bulks say of a person who was erased goes with her.
    @EventListener
    void erased(ContactErased event) {
        jdbc.sql("""
            UPDATE bulk_recipient
               SET phone = NULL, name = NULL, parameters = NULL
             WHERE contact_id = :contactId
                OR (bulk_id, message_id) IN (SELECT lane_id, id FROM message WHERE contact_id = :contactId)
            """).param("contactId", event.contactId()).update();
    }

    void retriedIn(UUID bulkId, Collection<Integer> positions, UUID childId) {
        jdbc.sql("""
            UPDATE bulk_recipient
               SET retried_in = :childId
             WHERE bulk_id = :bulkId AND position = ANY (:positions)
            """)
                .param("bulkId", bulkId)
                .param("positions", positions.toArray(Integer[]::new))
                .param("childId", childId)
                .update();
    }
}
