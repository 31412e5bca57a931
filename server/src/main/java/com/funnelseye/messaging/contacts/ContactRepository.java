package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Total;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ContactRepository {

    private static final String COLUMNS = """
        SELECT contact.id, contact.coach_id, contact.person, contact.name, contact.email, contact.phone,
               contact.wa_id, contact.wa_user_id, contact.status, contact.temperature, contact.source,
               contact.country, contact.city, contact.client_questions::text, contact.coach_questions::text,
               to_json(contact.tags)::text AS tags, contact.notes, contact.created_at,
               coalesce(conversation.message_count, 0) AS message_count
          FROM contact
          LEFT JOIN conversation ON conversation.contact_id = contact.id
        """;

    private static final String FILTER = """
         WHERE (:coachId::uuid IS NULL OR contact.coach_id = :coachId)
           AND (:status::text IS NULL OR contact.status = :status)
           AND (cardinality(:words::text[]) = 0 OR contact.search_text LIKE ALL (SELECT folded(word) FROM unnest(:words::text[]) AS word))
        """;

    private final JdbcClient jdbc;

    ContactRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Contact> byId(Scope scope, UUID id) {
        return jdbc.sql(COLUMNS + " WHERE contact.id = :id AND (:coachId::uuid IS NULL OR contact.coach_id = :coachId)")
                .param("id", id)
                .param("coachId", scope.coachId())
                .query(Contact.class)
                .optional();
    }

    Optional<Contact> of(@Nullable UUID coachId, Person person) {
        return jdbc.sql(COLUMNS + " WHERE contact.person = :person AND contact.coach_id IS NOT DISTINCT FROM :coachId")
                .param("person", person.key())
                .param("coachId", coachId)
                .query(Contact.class)
                .optional();
    }

    List<Contact> list(Scope scope, ContactFilter filter, Page page) {
        return jdbc.sql(COLUMNS + FILTER
                        + " ORDER BY contact.created_at DESC, contact.id DESC LIMIT :limit OFFSET :offset")
                .param("coachId", scope.coachId())
                .param("status", filter.status())
                .param("words", filter.patterns())
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Contact.class)
                .list();
    }

    /// Unfiltered totals are kept; filtered ones are counted, up to a cap.
    Total total(Scope scope, ContactFilter filter) {
        if (filter.isEmpty()) {
            return Total.exactly(jdbc.sql("""
                SELECT coalesce(sum(contacts), 0)
                  FROM coach_total
                 WHERE (:coachId::uuid IS NULL OR coach_id = :coachId)
                """)
                    .param("coachId", scope.coachId())
                    .query(Long.class)
                    .single());
        }
        return Total.upToCap(
                jdbc.sql("SELECT count(*) FROM (SELECT 1 FROM contact" + FILTER + " LIMIT :cap + 1) AS matching")
                        .param("coachId", scope.coachId())
                        .param("status", filter.status())
                        .param("words", filter.patterns())
                        .param("cap", Total.CAP)
                        .query(Long.class)
                        .single());
    }

    /// Adds the contact unless the coach already has this person; either way the row exists afterwards.
    void addIfMissing(NewContact contact, Person person, Instant now) {
        jdbc.sql("""
            INSERT INTO contact (id, coach_id, person, phone, wa_id, wa_user_id, name, email, status, temperature,
                                 source, country, city, client_questions, coach_questions, created_at, updated_at)
            VALUES (:id, :coachId, :person, :phone, :waId, :waUserId, :name, :email, :status, :temperature,
                    :source, :country, :city, :clientQuestions::jsonb, :coachQuestions::jsonb, :now, :now)
                ON CONFLICT ON CONSTRAINT contact_is_one_person_per_coach DO NOTHING
            """)
                .param("id", Ids.next())
                .param("person", person.key())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("coachId", contact.coachId())
                .param("phone", contact.phone())
                .param("waId", contact.waId())
                .param("waUserId", contact.waUserId())
                .param("name", contact.name())
                .param("email", contact.email())
                .param("status", contact.status())
                .param("temperature", contact.temperature())
                .param("source", contact.source())
                .param("country", contact.country())
                .param("city", contact.city())
                .param("clientQuestions", contact.clientQuestions())
                .param("coachQuestions", contact.coachQuestions())
                .update();
    }

    /// What WhatsApp called the person; the name only where we had none.
    void seenOnWhatsApp(UUID id, @Nullable String waId, @Nullable String waUserId, @Nullable String profileName) {
        jdbc.sql("""
            UPDATE contact
               SET wa_id = coalesce(:waId, wa_id),
                   wa_user_id = coalesce(:waUserId, wa_user_id),
                   name = coalesce(name, :profileName)
             WHERE id = :id
               AND (wa_id, wa_user_id, name) IS DISTINCT FROM
                   (coalesce(:waId, wa_id), coalesce(:waUserId, wa_user_id), coalesce(name, :profileName))
            """)
                .param("id", id)
                .param("waId", waId)
                .param("waUserId", waUserId)
                .param("profileName", profileName)
                .update();
    }
}
