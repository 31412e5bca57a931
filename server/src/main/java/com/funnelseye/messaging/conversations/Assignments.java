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
    private final Threads threads;

    Assignments(JdbcClient jdbc, Threads threads) {
        this.jdbc = jdbc;
        this.threads = threads;
    }

    /// Nobody gives this contact to another coach, or merges it into another contact, before the transaction ends.
    /// False
    /// when somebody just did.
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean hold(UUID contactId, @Nullable UUID coachId) {
        return jdbc.sql("""
            SELECT id
              FROM contact
             WHERE id = :contactId AND coach_id IS NOT DISTINCT FROM :coachId AND merged_into IS NULL
               AND erased_at IS NULL
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
        if (threads.hasOpenMessages(contactId)) {
            throw new StillSending();
        }
        endMerges(contactId);
        var target = rows.stream()
                .filter(row -> Objects.equals(row.coachId(), coachId))
                .findFirst();
        target.ifPresentOrElse(own -> merge(contactId, own.id(), coachId), () -> hand(contactId, coachId));
        return new Moved(target.map(Owned::id).orElse(contactId), source.coachId(), target.isPresent());
    }

    /// A contact that was merged stands for the one she is part of now.
    private List<Owned> lockedRowsOfPerson(UUID contactId) {
        return jdbc.sql("""
            SELECT id, coach_id
              FROM contact
             WHERE id IN (SELECT coalesce(merged_into, id)
                            FROM contact AS known
                           WHERE person = (SELECT person FROM contact WHERE id = :contactId AND erased_at IS NULL))
             ORDER BY id
               FOR UPDATE
            """).param("contactId", contactId).query(Owned.class).list();
    }

    /// A conversation that changes hands is taken apart no more. The numbers merged into its contact stay with the
    /// coach as
    /// deleted contacts, who come back when they write.
    private void endMerges(UUID contactId) {
        jdbc.sql("DELETE FROM contact_merge WHERE :contactId IN (survivor_id, merged_id)")
                .param("contactId", contactId)
                .update();
        jdbc.sql("""
            UPDATE contact
               SET reached_as = NULL, wa_id = NULL
             WHERE id = :contactId AND reached_as IS NOT NULL
            """).param("contactId", contactId).update();
        jdbc.sql("UPDATE contact SET merged_into = NULL WHERE merged_into = :contactId")
                .param("contactId", contactId)
                .update();
    }

    private void hand(UUID contactId, UUID coachId) {
        threads.moveAll(contactId, contactId, coachId);
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
        threads.moveAll(source, target, coachId);
        threads.remove(source);
        threads.recount(target, coachId, false);
        threads.recountExchange(source, target);
        complete(source, target);
        jdbc.sql("DELETE FROM contact WHERE id = :source")
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
