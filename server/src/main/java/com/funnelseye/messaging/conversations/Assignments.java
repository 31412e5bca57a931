package com.funnelseye.messaging.conversations;

import com.funnelseye.messaging.http.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Gives a whole conversation to a coach: contact, thread and messages. Credits stay with whom they were spent by.
/// Rows are locked in the order contact, message, conversation, as they are by whoever adds a message.
@Service
public class Assignments {

    /// @param contactId the thread the messages are in now: the same one, or that the coach already had
    /// @param from whose it was; null when it was nobody's
    /// @param merged whether the coach already had this person as a contact
    public record Moved(UUID contactId, @Nullable UUID from, boolean merged) {}

    private record Owned(UUID id, @Nullable UUID coachId) {}

    private final JdbcClient jdbc;

    Assignments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Nobody gives this contact to another coach before the transaction ends. False when somebody just did.
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean hold(UUID contactId, @Nullable UUID coachId) {
        return jdbc.sql("""
            SELECT id
              FROM contact
             WHERE id = :contactId AND coach_id IS NOT DISTINCT FROM :coachId
               FOR KEY SHARE
            """)
                .param("contactId", contactId)
                .param("coachId", coachId)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /// The same for many, each with the coach it is believed to belong to. Answers those who are held.
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<UUID> holdAll(UUID[] contactIds, @Nullable UUID[] coachIds) {
        return new HashSet<>(jdbc.sql("""
            SELECT contact.id
              FROM unnest(:contactIds::uuid[], :coachIds::uuid[]) AS believed (id, coach_id)
              JOIN contact ON contact.id = believed.id AND contact.coach_id IS NOT DISTINCT FROM believed.coach_id
             ORDER BY contact.id
               FOR KEY SHARE OF contact
            """)
                .param("contactIds", contactIds)
                .param("coachIds", coachIds)
                .query(UUID.class)
                .list());
    }

    /// Refused while a message of the thread is still open: its credit belongs to the thread's coach.
    @Transactional
    public Moved assign(UUID contactId, UUID coachId) {
        var rows = lockedRowsOfPerson(contactId);
        var source = rows.stream()
                .filter(row -> row.id().equals(contactId))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Contact"));
        if (coachId.equals(source.coachId())) {
            return new Moved(contactId, coachId, false);
        }
        if (hasOpenMessages(contactId)) {
            throw new StillSending();
        }
        var target = rows.stream()
                .filter(row -> Objects.equals(row.coachId(), coachId))
                .findFirst();
        target.ifPresentOrElse(own -> merge(contactId, own.id(), coachId), () -> hand(contactId, coachId));
        return new Moved(target.map(Owned::id).orElse(contactId), source.coachId(), target.isPresent());
    }

    private List<Owned> lockedRowsOfPerson(UUID contactId) {
        return jdbc.sql("""
            SELECT id, coach_id
              FROM contact
             WHERE person = (SELECT person FROM contact WHERE id = :contactId)
             ORDER BY id
               FOR UPDATE
            """).param("contactId", contactId).query(Owned.class).list();
    }

    private boolean hasOpenMessages(UUID contactId) {
        return jdbc.sql("""
            SELECT EXISTS (SELECT
                             FROM outbox
                             JOIN message ON message.id = outbox.message_id
                            WHERE message.contact_id = :contactId)
            """).param("contactId", contactId).query(Boolean.class).single();
    }

    private void hand(UUID contactId, UUID coachId) {
        moveMessages(contactId, contactId, coachId);
        jdbc.sql("UPDATE conversation SET coach_id = :coachId WHERE contact_id = :contactId")
                .param("contactId", contactId)
                .param("coachId", coachId)
                .update();
        jdbc.sql("UPDATE contact SET coach_id = :coachId, updated_at = now() WHERE id = :contactId")
                .param("contactId", contactId)
                .param("coachId", coachId)
                .update();
    }

    private void merge(UUID source, UUID target, UUID coachId) {
        moveMessages(source, target, coachId);
        jdbc.sql("DELETE FROM conversation WHERE contact_id = :source")
                .param("source", source)
                .update();
        recount(target, coachId);
        complete(source, target);
        moveExchange(source, target);
        jdbc.sql("DELETE FROM contact WHERE id = :source")
                .param("source", source)
                .update();
    }

    /// What customers wrote names its contact as the sender.
    private void moveMessages(UUID source, UUID target, UUID coachId) {
        jdbc.sql("""
            UPDATE message
               SET contact_id = :target,
                   coach_id = :coachId,
                   sender_id = CASE WHEN direction = 'INBOUND' THEN :target ELSE sender_id END
             WHERE contact_id = :source
            """)
                .param("source", source)
                .param("target", target)
                .param("coachId", coachId)
                .update();
    }

    /// The thread's row from its messages. What was moved in is news, so the thread is not archived any more.
    private void recount(UUID contactId, UUID coachId) {
        jdbc.sql("""
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
                   awaiting = excluded.awaiting, archived = false
            """).param("contactId", contactId).param("coachId", coachId).update();
    }

    /// Who wrote to whom goes with the messages.
    private void moveExchange(UUID source, UUID target) {
        jdbc.sql("""
            INSERT INTO contact_exchange AS known (contact_id, written_to, heard_from)
            SELECT :target, written_to, heard_from
              FROM contact_exchange
             WHERE contact_id = :source
                ON CONFLICT (contact_id) DO UPDATE
               SET written_to = known.written_to OR excluded.written_to,
                   heard_from = known.heard_from OR excluded.heard_from
            """).param("source", source).param("target", target).update();
        jdbc.sql("DELETE FROM contact_exchange WHERE contact_id = :source")
                .param("source", source)
                .update();
    }

    /// How to reach the person is never lost with the row that goes.
    private void complete(UUID source, UUID target) {
        jdbc.sql("""
            UPDATE contact
               SET wa_id = coalesce(contact.wa_id, gone.wa_id),
                   wa_user_id = coalesce(contact.wa_user_id, gone.wa_user_id),
                   phone = coalesce(contact.phone, gone.phone),
                   name = coalesce(contact.name, gone.name),
                   updated_at = now()
              FROM contact AS gone
             WHERE contact.id = :target AND gone.id = :source
            """).param("source", source).param("target", target).update();
    }
}
