package com.funnelseye.messaging.conversations;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.conversations.Merge.MergedContact;
import com.funnelseye.messaging.whatsapp.WhatsAppAccount;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class MergeRepository {

    private record Row(
            UUID id,
            UUID contactId,
            UUID mergedId,
            @Nullable String name,
            @Nullable String phone,
            Instant mergedAt,
            @Nullable Instant undoneAt) {

        Merge merge() {
            return new Merge(
                    id,
                    contactId,
                    new MergedContact(mergedId, name, phone),
                    mergedAt,
                    mergedAt.plus(Merge.UNDO),
                    undoneAt);
        }
    }

    private static final String ROWS = """
        SELECT contact_merge.id, survivor_id AS contact_id, merged_id, contact.name, contact.phone, merged_at, undone_at
          FROM contact_merge
          JOIN contact ON contact.id = merged_id
         WHERE survivor_id = :contactId
        """;

    private final JdbcClient jdbc;
    private final WhatsAppAccount account;

    MergeRepository(JdbcClient jdbc, WhatsAppAccount account) {
        this.jdbc = jdbc;
        this.account = account;
    }

    /// Those that hold, newest first.
    List<Merge> of(UUID contactId) {
        return jdbc
                .sql(ROWS + " AND undone_at IS NULL ORDER BY merged_at DESC, contact_merge.id DESC")
                .param("contactId", contactId)
                .query(Row.class)
                .list()
                .stream()
                .map(Row::merge)
                .toList();
    }

    /// Undone or not; empty when it is none of this contact's.
    List<Merge> byId(UUID contactId, UUID id) {
        return jdbc
                .sql(ROWS + " AND contact_merge.id = :id FOR UPDATE OF contact_merge")
                .param("contactId", contactId)
                .param("id", id)
                .query(Row.class)
                .list()
                .stream()
                .map(Row::merge)
                .toList();
    }

    /// Contacts that are neither deleted nor merged meanwhile: nobody adds to their threads before this transaction
    /// ends.
    int lock(UUID... ids) {
        return jdbc.sql("SELECT id FROM contact WHERE id = ANY (:ids) AND deleted_at IS NULL ORDER BY id FOR UPDATE")
                .param("ids", ids)
                .query(UUID.class)
                .list()
                .size();
    }

    /// How many numbers are known of this contact beside its own.
    int numbers(UUID contactId) {
        return jdbc.sql("SELECT count(*) FROM contact WHERE merged_into = :contactId")
                .param("contactId", contactId)
                .query(Integer.class)
                .single();
    }

    /// Notes what the survivor is about to get, while it is still missing.
    void add(UUID id, UUID survivor, UUID merged, UUID actorId, Instant at) {
        jdbc.sql("""
            INSERT INTO contact_merge (id, survivor_id, merged_id, actor_id, merged_at, filled, client_questions,
                                       coach_questions, tags, reached_as, wa_id, survivor_archived, merged_archived)
            SELECT :id, kept.id, gone.id, :actorId, :at,
                   ARRAY(SELECT key
                           FROM jsonb_each(jsonb_strip_nulls(to_jsonb(gone))) AS field (key, value)
                          WHERE key IN ('name', 'email', 'phone', 'wa_user_id', 'temperature', 'source', 'country',
                                        'city', 'notes')
                            AND jsonb_typeof(to_jsonb(kept) -> key) = 'null'),
                   ARRAY(SELECT jsonb_object_keys(gone.client_questions)
                         EXCEPT SELECT jsonb_object_keys(kept.client_questions)),
                   ARRAY(SELECT jsonb_object_keys(gone.coach_questions)
                         EXCEPT SELECT jsonb_object_keys(kept.coach_questions)),
                   ARRAY(SELECT tag FROM unnest(gone.tags) AS tag WHERE tag <> ALL (kept.tags)),
                   kept.reached_as, kept.wa_id,
                   coalesce((SELECT archived FROM conversation WHERE contact_id = kept.id), false),
                   coalesce((SELECT archived FROM conversation WHERE contact_id = gone.id), false)
              FROM contact AS kept
             CROSS JOIN contact AS gone
             WHERE kept.id = :survivor AND gone.id = :merged
            """)
                .param("id", id)
                .param("survivor", survivor)
                .param("merged", merged)
                .param("actorId", actorId)
                .param("at", at.atOffset(UTC))
                .update();
    }

    /// Gaps are filled; the number the person wrote from last is the one to reach her by.
    void fill(UUID survivor, UUID merged, Instant now) {
        jdbc.sql("""
            UPDATE contact
               SET name = coalesce(contact.name, gone.name), email = coalesce(contact.email, gone.email),
                   phone = coalesce(contact.phone, gone.phone),
                   wa_user_id = coalesce(contact.wa_user_id, gone.wa_user_id),
                   temperature = coalesce(contact.temperature, gone.temperature),
                   source = coalesce(contact.source, gone.source), country = coalesce(contact.country, gone.country),
                   city = coalesce(contact.city, gone.city), notes = coalesce(contact.notes, gone.notes),
                   client_questions = gone.client_questions || contact.client_questions,
                   coach_questions = gone.coach_questions || contact.coach_questions,
                   tags = contact.tags || ARRAY(SELECT tag FROM unnest(gone.tags) AS tag WHERE tag <> ALL (contact.tags)),
                   reached_as = CASE WHEN reach.by_gone THEN coalesce(gone.reached_as, gone.person)
                                     ELSE contact.reached_as END,
                   wa_id = CASE WHEN reach.by_gone THEN coalesce(gone.wa_id, substr(gone.phone, 2))
                                ELSE contact.wa_id END,
                   updated_at = :now
              FROM contact AS gone
             CROSS JOIN contact AS kept
              LEFT JOIN last_inbound AS theirs ON theirs.phone_number_id = :phoneNumberId
                                              AND theirs.person = coalesce(gone.reached_as, gone.person)
              LEFT JOIN last_inbound AS ours ON ours.phone_number_id = :phoneNumberId
                                            AND ours.person = coalesce(kept.reached_as, kept.person)
             CROSS JOIN LATERAL (
                   SELECT coalesce(gone.wa_id, gone.phone) IS NOT NULL
                          AND (coalesce(theirs.at > coalesce(ours.at, '-infinity'), false)
                               OR coalesce(kept.wa_id, kept.phone) IS NULL)) AS reach (by_gone)
             WHERE contact.id = :survivor AND kept.id = :survivor AND gone.id = :merged
            """)
                .param("survivor", survivor)
                .param("merged", merged)
                .param("phoneNumberId", account.phoneNumberId())
                .param("now", now.atOffset(UTC))
                .update();
    }

    /// Hides the contact behind the other, with all that had been merged into it.
    void hide(UUID survivor, UUID merged, Instant now) {
        jdbc.sql("""
            UPDATE contact
               SET merged_into = :survivor, deleted_at = coalesce(deleted_at, :now)
             WHERE id = :merged OR merged_into = :merged
            """)
                .param("survivor", survivor)
                .param("merged", merged)
                .param("now", now.atOffset(UTC))
                .update();
    }

    /// The merged contact and all that was merged into it, and into those.
    List<UUID> under(UUID merged) {
        return jdbc.sql("""
            WITH RECURSIVE under (id) AS (
                SELECT :merged::uuid
                 UNION
                SELECT contact_merge.merged_id
                  FROM contact_merge
                  JOIN under ON under.id = contact_merge.survivor_id
                 WHERE contact_merge.undone_at IS NULL
            )
            SELECT id
              FROM under
            """).param("merged", merged).query(UUID.class).list();
    }

    /// The contact is there again, reached by the number the person last wrote from, where that is one of its own.
    void show(UUID survivor, UUID merged, Collection<UUID> under) {
        var ids = under.toArray(UUID[]::new);
        jdbc.sql("""
            UPDATE contact
               SET merged_into = CASE WHEN contact.id <> :merged THEN :merged::uuid END,
                   deleted_at = CASE WHEN contact.id <> :merged THEN contact.deleted_at END
             WHERE id = ANY (:ids)
            """).param("merged", merged).param("ids", ids).update();
        jdbc.sql("""
            UPDATE contact
               SET reached_as = nullif(kept.reached_as, contact.person), wa_id = kept.wa_id
              FROM contact AS kept
             WHERE contact.id = :merged AND kept.id = :survivor
               AND kept.reached_as IN (SELECT person FROM contact AS known WHERE known.id = ANY (:ids))
            """)
                .param("merged", merged)
                .param("survivor", survivor)
                .param("ids", ids)
                .update();
    }

    /// Takes back what the survivor got, unless it was changed since.
    void empty(UUID mergeId, Collection<UUID> under, Instant now) {
        jdbc.sql("""
            UPDATE contact
               SET name = left_of('name', contact.name, gone.name, merge.filled),
                   email = left_of('email', contact.email, gone.email, merge.filled),
                   phone = left_of('phone', contact.phone, gone.phone, merge.filled),
                   wa_user_id = left_of('wa_user_id', contact.wa_user_id, gone.wa_user_id, merge.filled),
                   temperature = left_of('temperature', contact.temperature, gone.temperature, merge.filled),
                   source = left_of('source', contact.source, gone.source, merge.filled),
                   country = left_of('country', contact.country, gone.country, merge.filled),
                   city = left_of('city', contact.city, gone.city, merge.filled),
                   notes = left_of('notes', contact.notes, gone.notes, merge.filled),
                   client_questions = contact.client_questions - ARRAY(
                       SELECT key FROM unnest(merge.client_questions) AS key
                        WHERE contact.client_questions -> key = gone.client_questions -> key),
                   coach_questions = contact.coach_questions - ARRAY(
                       SELECT key FROM unnest(merge.coach_questions) AS key
                        WHERE contact.coach_questions -> key = gone.coach_questions -> key),
                   tags = ARRAY(
                       SELECT tag FROM unnest(contact.tags) WITH ORDINALITY AS tagged (tag, n)
                        WHERE tag <> ALL (merge.tags)
                        ORDER BY n),
                   reached_as = CASE WHEN reach.changes THEN reach.as_before ELSE contact.reached_as END,
                   wa_id = CASE WHEN NOT reach.changes THEN contact.wa_id
                                WHEN reach.as_before IS NOT DISTINCT FROM merge.reached_as THEN merge.wa_id END,
                   updated_at = :now
              FROM contact_merge AS merge
              JOIN contact AS gone ON gone.id = merge.merged_id
              JOIN contact AS kept ON kept.id = merge.survivor_id
             CROSS JOIN LATERAL (
                   SELECT kept.reached_as IS NOT NULL
                          AND kept.reached_as IN (SELECT person FROM contact AS known WHERE known.id = ANY (:ids)),
                          (SELECT person FROM contact AS known
                            WHERE known.merged_into = kept.id AND known.person = merge.reached_as)
                   ) AS reach (changes, as_before)
             WHERE merge.id = :mergeId AND contact.id = merge.survivor_id
            """)
                .param("mergeId", mergeId)
                .param("ids", under.toArray(UUID[]::new))
                .param("now", now.atOffset(UTC))
                .update();
    }

    void undone(UUID mergeId, Instant now) {
        jdbc.sql("UPDATE contact_merge SET undone_at = :now WHERE id = :mergeId")
                .param("mergeId", mergeId)
                .param("now", now.atOffset(UTC))
                .update();
    }

    boolean isArchived(UUID contactId) {
        return jdbc.sql("SELECT archived FROM conversation WHERE contact_id = :contactId")
                .param("contactId", contactId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /// Whether the thread was put aside before the merge, and the person wrote nothing in it since.
    boolean wasArchived(UUID mergeId, UUID contactId) {
        return jdbc.sql("""
            SELECT CASE :contactId WHEN survivor_id THEN survivor_archived ELSE merged_archived END
                   AND NOT EXISTS (SELECT
                                     FROM message
                                    WHERE contact_id = :contactId AND direction = 'INBOUND'
                                      AND sent_at > contact_merge.merged_at)
              FROM contact_merge
             WHERE id = :mergeId
            """)
                .param("mergeId", mergeId)
                .param("contactId", contactId)
                .query(Boolean.class)
                .single();
    }
}
