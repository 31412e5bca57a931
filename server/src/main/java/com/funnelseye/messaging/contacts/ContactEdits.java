package com.funnelseye.messaging.contacts;

import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.contacts.ContactExists.Existing;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Writes what people say of contacts. An edit is laid over the row by PostgreSQL: columns it does not name stay.
@Repository
class ContactEdits {

    /// One edit as PostgreSQL reads it.
    private record Row(UUID id, Map<String, @Nullable Object> edit) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ContactEdits(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Adds new contacts under the given ids. Answers those that were added: a person the coach has, deleted or not,
    /// is left alone.
    List<UUID> add(@Nullable UUID coachId, Map<UUID, ContactEdit> edits, Instant now) {
        return jdbc.sql("""
            INSERT INTO contact (id, coach_id, person, name, email, phone, status, temperature, source, country, city,
                                 client_questions, coach_questions, tags, notes, created_at, updated_at)
            SELECT said.id, :coachId, added.person, added.name, added.email, added.phone,
                   coalesce(added.status, 'New'), added.temperature, added.source, added.country, added.city,
                   coalesce(added.client_questions, '{}'), coalesce(added.coach_questions, '{}'),
                   coalesce(added.tags, '{}'), added.notes, :now, :now
              FROM jsonb_to_recordset(:edits::jsonb) AS said (id uuid, edit jsonb)
             CROSS JOIN LATERAL jsonb_populate_record(NULL::contact, said.edit) AS added
                ON CONFLICT ON CONSTRAINT contact_is_one_person_per_coach DO NOTHING
            RETURNING id
            """)
                .param("coachId", coachId)
                .param("edits", rows(edits))
                .param("now", now.atOffset(UTC))
                .query(UUID.class)
                .list();
    }

    /// Another spelling of the same number keeps what WhatsApp calls her. The number of a contact merged into her is
    /// known
    /// already: it stays where it is.
    void apply(Map<UUID, ContactEdit> edits, Instant now) {
        jdbc.sql("""
            UPDATE contact
               SET (name, email, phone, person, wa_id, status, temperature, source, country, city, client_questions,
                    coach_questions, tags, notes) =
                   (SELECT edited.name, edited.email,
                           CASE WHEN known.id IS NULL THEN edited.phone ELSE contact.phone END,
                           CASE WHEN known.id IS NULL THEN edited.person ELSE contact.person END,
                           CASE WHEN known.id IS NOT NULL OR edited.person = contact.person THEN contact.wa_id END,
                           edited.status, edited.temperature, edited.source, edited.country, edited.city,
                           edited.client_questions, edited.coach_questions, edited.tags, edited.notes
                      FROM jsonb_populate_record(contact, said.edit) AS edited
                      LEFT JOIN contact AS known ON known.merged_into = contact.id AND known.person = edited.person),
                   updated_at = :now
              FROM jsonb_to_recordset(:edits::jsonb) AS said (id uuid, edit jsonb)
             WHERE contact.id = said.id
            """)
                .param("edits", rows(edits))
                .param("now", now.atOffset(UTC))
                .update();
    }

    private String rows(Map<UUID, ContactEdit> edits) {
        return json.writeValueAsString(edits.entrySet().stream()
                .map(edit -> new Row(edit.getKey(), columns(edit.getValue())))
                .toList());
    }

    private static Map<String, @Nullable Object> columns(ContactEdit edit) {
        var columns = new HashMap<>(edit.columns());
        if (edit.phone() != null) {
            columns.put("person", edit.phone().person().key());
        }
        return columns;
    }

    void bringBack(Collection<UUID> ids) {
        jdbc.sql("UPDATE contact SET deleted_at = NULL WHERE id = ANY (:ids) AND merged_into IS NULL")
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    /// Waits for messages on their way into the thread, so that totals count it with them.
    void delete(UUID id, Instant now) {
        jdbc.sql("SELECT id FROM contact WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query(UUID.class)
                .single();
        jdbc.sql("UPDATE contact SET deleted_at = :now, updated_at = :now WHERE id = :id AND deleted_at IS NULL")
                .param("id", id)
                .param("now", now.atOffset(UTC))
                .update();
    }

    /// Those of these people the coach has, or had and deleted, by person.
    Map<String, Existing> existing(@Nullable UUID coachId, Collection<String> persons) {
        return jdbc
                .sql("""
                    SELECT contact.id AS contact_id, known.person, contact.deleted_at IS NOT NULL AS deleted
                      FROM contact AS known
                      JOIN contact ON contact.id = coalesce(known.merged_into, known.id)
                     WHERE known.person = ANY (:persons) AND known.coach_id IS NOT DISTINCT FROM :coachId
                    """)
                .param("persons", persons.toArray(String[]::new))
                .param("coachId", coachId)
                .query(Existing.class)
                .list()
                .stream()
                .collect(toMap(Existing::person, existing -> existing));
    }
}
