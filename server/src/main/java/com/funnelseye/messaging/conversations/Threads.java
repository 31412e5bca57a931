package com.funnelseye.messaging.conversations;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Moves messages from thread to thread and makes the rows kept about threads anew. What customers wrote names its
/// contact
/// as the sender.
@Repository
class Threads {

    private final JdbcClient jdbc;

    Threads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean hasOpenMessages(UUID contactId) {
        return jdbc.sql("""
            SELECT EXISTS (SELECT
                             FROM outbox
                             JOIN message ON message.id = outbox.message_id
                            WHERE message.contact_id = :contactId)
            """).param("contactId", contactId).query(Boolean.class).single();
    }

    /// To another contact, perhaps of another coach, for good.
    void moveAll(UUID source, UUID target, @Nullable UUID coachId) {
        jdbc.sql("""
            UPDATE message
               SET contact_id = :target,
                   coach_id = :coachId,
                   merged_from = NULL,
                   sender_id = CASE WHEN direction = 'INBOUND' THEN :target ELSE sender_id END
             WHERE contact_id = :source
            """)
                .param("source", source)
                .param("target", target)
                .param("coachId", coachId)
                .update();
    }

    /// To the contact it is merged into; each message remembers where it came from.
    void mergeAll(UUID source, UUID target) {
        jdbc.sql("""
            UPDATE message
               SET contact_id = :target,
                   merged_from = coalesce(merged_from, :source),
                   sender_id = CASE WHEN direction = 'INBOUND' THEN :target ELSE sender_id END
             WHERE contact_id = :source
            """).param("source", source).param("target", target).update();
    }

    /// Back to `merged`: what came from it, or from `under`, the contacts that had been merged into it before. False,
    /// with
    /// nothing moved, when one of these messages is not settled yet.
    boolean takeBack(UUID survivor, UUID merged, Collection<UUID> under) {
        var origins = under.toArray(UUID[]::new);
        var open = jdbc.sql("""
            SELECT EXISTS (SELECT
                             FROM outbox
                             JOIN message ON message.id = outbox.message_id
                            WHERE message.contact_id = :survivor AND message.merged_from = ANY (:origins))
            """)
                .param("survivor", survivor)
                .param("origins", origins)
                .query(Boolean.class)
                .single();
        if (!open) {
            jdbc.sql("""
                UPDATE message
                   SET contact_id = :merged,
                       merged_from = nullif(merged_from, :merged),
                       sender_id = CASE WHEN direction = 'INBOUND' THEN :merged ELSE sender_id END
                 WHERE contact_id = :survivor AND merged_from = ANY (:origins)
                """)
                    .param("survivor", survivor)
                    .param("merged", merged)
                    .param("origins", origins)
                    .update();
        }
        return !open;
    }

    void remove(UUID contactId) {
        jdbc.sql("DELETE FROM conversation WHERE contact_id = :contactId")
                .param("contactId", contactId)
                .update();
    }

    /// The thread's row from its messages; a thread without any has none. A new row is counted as one that is not
    /// archived,
    /// hence the second statement.
    void recount(UUID contactId, @Nullable UUID coachId, boolean archived) {
        var there = jdbc.sql("""
            INSERT INTO conversation (contact_id, coach_id, last_message_id, last_message_at, message_count,
                                      unread_count, awaiting)
            SELECT :contactId, :coachId, newest.id, newest.sent_at, counted.messages,
                   counted.unread, newest.direction = 'INBOUND'
              FROM (SELECT count(*) AS messages, count(*) FILTER (WHERE NOT is_read) AS unread
                      FROM message
                     WHERE contact_id = :contactId) AS counted
             CROSS JOIN (
                   SELECT id, sent_at, direction
                     FROM message
                    WHERE contact_id = :contactId
                    ORDER BY sent_at DESC, id DESC
                    LIMIT 1) AS newest
                ON CONFLICT (contact_id) DO UPDATE
               SET last_message_id = excluded.last_message_id, last_message_at = excluded.last_message_at,
                   message_count = excluded.message_count, unread_count = excluded.unread_count,
                   awaiting = excluded.awaiting
            """)
                        .param("contactId", contactId)
                        .param("coachId", coachId)
                        .update()
                == 1;
        if (!there) {
            remove(contactId);
        }
        jdbc.sql("UPDATE conversation SET archived = :archived WHERE contact_id = :contactId AND archived <> :archived")
                .param("contactId", contactId)
                .param("archived", archived)
                .update();
    }

    /// Who was written to and who wrote, from the messages.
    void recountExchange(UUID... contactIds) {
        List<UUID> ids = Arrays.stream(contactIds).sorted().toList();
        jdbc.sql("DELETE FROM contact_exchange WHERE contact_id = ANY (:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .update();
        jdbc.sql("""
            INSERT INTO contact_exchange (contact_id, written_to, heard_from)
            SELECT contact_id, bool_or(direction = 'OUTBOUND'), bool_or(direction = 'INBOUND')
              FROM message
             WHERE contact_id = ANY (:ids)
             GROUP BY contact_id
            """).param("ids", ids.toArray(UUID[]::new)).update();
    }
}
