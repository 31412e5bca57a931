package com.funnelseye.messaging.conversations;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.accounts.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ErasureRepository {

    record Row(
            UUID id,
            String person,
            @Nullable String phone,
            @Nullable String waId,
            @Nullable String waUserId,
            @Nullable Instant erasedAt) {}

    private final JdbcClient jdbc;

    ErasureRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Deleted ones too, and those erased before; one that was merged is part of another.
    Optional<Row> lock(Scope scope, UUID contactId) {
        return jdbc.sql("""
            SELECT id, person, phone, wa_id, wa_user_id, erased_at
              FROM contact
             WHERE id = :contactId AND merged_into IS NULL AND (:coachId::uuid IS NULL OR coach_id = :coachId)
               FOR UPDATE
            """)
                .param("contactId", contactId)
                .param("coachId", scope.coachId())
                .query(Row.class)
                .optional();
    }

    List<Row> lockMerged(UUID contactId) {
        return jdbc.sql("""
            SELECT id, person, phone, wa_id, wa_user_id, erased_at
              FROM contact
             WHERE merged_into = :contactId
             ORDER BY id
               FOR UPDATE
            """).param("contactId", contactId).query(Row.class).list();
    }

    /// What WhatsApp calls the messages of the thread.
    List<String> wamids(UUID contactId) {
        return jdbc.sql("""
            SELECT wamid
              FROM message
             WHERE contact_id = :contactId AND wamid IS NOT NULL
             UNION
            SELECT attempt.wamid
              FROM attempt
              JOIN message ON message.id = attempt.message_id
             WHERE message.contact_id = :contactId AND attempt.wamid IS NOT NULL
            """).param("contactId", contactId).query(String.class).list();
    }

    /// What they say goes; that they were, when, and what they cost stays.
    void eraseMessages(UUID contactId) {
        jdbc.sql("""
            DELETE FROM read_receipt
             WHERE message_id IN (SELECT id FROM message WHERE contact_id = :contactId)
            """).param("contactId", contactId).update();
        jdbc.sql("""
            UPDATE attempt
               SET wamid = erased_wamid(attempt.wamid), erased = true, cause = NULL
              FROM message
             WHERE message.id = attempt.message_id AND message.contact_id = :contactId
            """).param("contactId", contactId).update();
        jdbc.sql("""
            UPDATE message
               SET text = NULL, media_url = NULL, media_filename = NULL, raw = NULL, failure_details = NULL,
                   recipient_phone = CASE WHEN direction = 'INBOUND' THEN recipient_phone END,
                   wamid = erased_wamid(wamid), reply_to_wamid = erased_wamid(reply_to_wamid), merged_from = NULL
             WHERE contact_id = :contactId
            """).param("contactId", contactId).update();
    }

    void eraseContacts(Collection<UUID> ids, Instant now) {
        jdbc.sql("DELETE FROM contact_merge WHERE survivor_id = ANY (:ids) OR merged_id = ANY (:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .update();
        jdbc.sql("""
            UPDATE contact
               SET person = 'erased:' || id, phone = NULL, wa_id = NULL, wa_user_id = NULL, name = NULL, email = NULL,
                   temperature = NULL, source = NULL, country = NULL, city = NULL, notes = NULL, reached_as = NULL,
                   client_questions = '{}', coach_questions = '{}', tags = '{}', status = DEFAULT, merged_into = NULL,
                   deleted_at = coalesce(deleted_at, :now), erased_at = :now, updated_at = :now
             WHERE id = ANY (:ids)
            """)
                .param("ids", ids.toArray(UUID[]::new))
                .param("now", now.atOffset(UTC))
                .update();
    }

    /// What is kept of a person rather than of a contact goes with the last contact of the person. An opt-out is then
    /// known
    /// by a hash alone.
    void erasePersons(Collection<String> persons) {
        var gone = jdbc.sql("""
            SELECT person
              FROM unnest(:persons::text[]) AS person
             WHERE NOT EXISTS (SELECT FROM contact WHERE contact.person = person.person)
            """)
                .param("persons", persons.toArray(String[]::new))
                .query(String.class)
                .list()
                .toArray(String[]::new);
        jdbc.sql("DELETE FROM last_inbound WHERE person = ANY (:gone)")
                .param("gone", gone)
                .update();
        jdbc.sql("""
            WITH opted_out AS (
                DELETE FROM opt_out
                 WHERE person = ANY (:gone)
                RETURNING phone_number_id, person, since, source, proof_message_id
            )
            INSERT INTO opt_out_erased (phone_number_id, person_hash, since, source, proof_message_id)
            SELECT phone_number_id, person_hash(person), since, source, proof_message_id
              FROM opted_out
                ON CONFLICT DO NOTHING
            """).param("gone", gone).update();
        jdbc.sql("""
            UPDATE opt_out_change
               SET person = 'erased:' || encode(person_hash(person), 'hex')
             WHERE person = ANY (:gone)
            """).param("gone", gone).update();
    }
}
