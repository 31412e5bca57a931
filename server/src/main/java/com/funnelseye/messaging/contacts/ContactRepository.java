package com.funnelseye.messaging.contacts;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Total;
import com.funnelseye.messaging.whatsapp.WhatsAppAccount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/// Reads contacts. Nobody sees the deleted ones.
@Repository
class ContactRepository {

    static final String ROWS = """
        SELECT contact.id, contact.coach_id, account.name AS coach_name, contact.person, contact.name, contact.email,
               contact.phone, contact.wa_id, contact.wa_user_id, contact.status, contact.temperature, contact.source,
               contact.country, contact.city, contact.client_questions::text, contact.coach_questions::text,
               to_json(contact.tags)::text AS tags, contact.notes, opt_out.person IS NOT NULL AS opt_out,
               EXISTS (SELECT
                         FROM unreachable
                         LEFT JOIN last_inbound USING (phone_number_id, person)
                        WHERE unreachable.phone_number_id = :phoneNumberId AND unreachable.person = contact.person
                          AND (last_inbound.at IS NULL OR last_inbound.at < unreachable.since)) AS unreachable,
               contact.created_at, contact.updated_at, coalesce(conversation.message_count, 0) AS message_count
          FROM contact
          LEFT JOIN account ON account.id = contact.coach_id
          LEFT JOIN conversation ON conversation.contact_id = contact.id
          LEFT JOIN opt_out ON opt_out.phone_number_id = :phoneNumberId AND opt_out.person = contact.person
        """;

    private static final String COLUMNS = ROWS + " WHERE contact.deleted_at IS NULL";

    private static final String IN_SCOPE = " AND (:coachId::uuid IS NULL OR contact.coach_id = :coachId)";

    private static final String FILTER = IN_SCOPE + """

           AND (:status::text IS NULL OR contact.status = :status)
           AND (:temperature::text IS NULL OR contact.temperature = :temperature)
           AND (:source::text IS NULL OR contact.source = :source)
           AND (:tag::text IS NULL OR :tag = ANY (contact.tags))
           AND (:optOut::boolean IS NULL
                OR :optOut = EXISTS (SELECT 1
                                       FROM opt_out AS stopped
                                      WHERE stopped.phone_number_id = :phoneNumberId
                                        AND stopped.person = contact.person))
           AND contact.search_text LIKE ALL (containing(:words::text[]))
        """;

    private static final String BY_TRIGRAMS = " AND contact.search_text LIKE containing(:rarest)";

    /// LIKE spares most rows the making of their pairs where the planner rather walks down the list.
    private static final String BY_PAIRS =
            BY_TRIGRAMS + " AND letter_pairs(contact.search_text) @> letter_pairs(searchable(:rarest))";

    private final JdbcClient jdbc;
    private final WhatsAppAccount account;

    ContactRepository(JdbcClient jdbc, WhatsAppAccount account) {
        this.jdbc = jdbc;
        this.account = account;
    }

    Optional<Contact> byId(Scope scope, UUID id) {
        return sql(COLUMNS + " AND contact.id = :id" + IN_SCOPE)
                .param("id", id)
                .param("coachId", scope.coachId())
                .query(Contact.class)
                .optional();
    }

    Optional<Contact> of(@Nullable UUID coachId, Person person) {
        return sql(COLUMNS + " AND contact.person = :person AND contact.coach_id IS NOT DISTINCT FROM :coachId")
                .param("person", person.key())
                .param("coachId", coachId)
                .query(Contact.class)
                .optional();
    }

    /// Newest first.
    List<Contact> list(Scope scope, ContactFilter filter, Page page) {
        return filtered(
                        COLUMNS,
                        scope,
                        filter,
                        " ORDER BY contact.created_at DESC, contact.id DESC LIMIT :limit OFFSET :offset")
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Contact.class)
                .list();
    }

    /// The next of a list that goes on after `last`; its beginning when `last` is null.
    List<Contact> after(@Nullable Contact last, Scope scope, ContactFilter filter, int limit) {
        return filtered(COLUMNS, scope, filter, """
               AND (:lastId::uuid IS NULL OR (contact.created_at, contact.id) < (:lastAt::timestamptz, :lastId))
             ORDER BY contact.created_at DESC, contact.id DESC LIMIT :limit
            """)
                .param("lastId", last == null ? null : last.id())
                .param("lastAt", last == null ? null : last.createdAt().atOffset(UTC))
                .param("limit", limit)
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
        return Total.upToCap(filtered(
                        "SELECT count(*) FROM (SELECT 1 FROM contact WHERE contact.deleted_at IS NULL",
                        scope,
                        filter,
                        " LIMIT :cap + 1) AS matching")
                .param("cap", Total.CAP)
                .query(Long.class)
                .single());
    }

    private StatementSpec filtered(String what, Scope scope, ContactFilter filter, String rest) {
        var words = filter.words();
        var looked = words.isEmpty() ? "" : words.haveTrigram() ? BY_TRIGRAMS : BY_PAIRS;
        return sql(what + FILTER + looked + rest)
                .param("coachId", scope.coachId())
                .param("status", filter.status())
                .param("temperature", filter.temperature())
                .param("source", filter.source())
                .param("tag", filter.tag())
                .param("optOut", filter.optOut())
                .param("words", words.others())
                .param("rarest", words.rarest());
    }

    private StatementSpec sql(String sql) {
        return jdbc.sql(sql).param("phoneNumberId", account.phoneNumberId());
    }

    /// Adds the contact unless the coach already has this person; either way the row exists afterwards, deleted or not.
    void addIfMissing(NewContact contact, Person person, Instant now) {
        insert(contact, person, now, "ON CONFLICT ON CONSTRAINT contact_is_one_person_per_coach DO NOTHING");
    }

    /// The same, and brings back one who was deleted.
    void addOrBringBack(NewContact contact, Person person, Instant now) {
        insert(contact, person, now, """
                ON CONFLICT ON CONSTRAINT contact_is_one_person_per_coach DO UPDATE
               SET deleted_at = NULL, updated_at = excluded.updated_at
             WHERE contact.deleted_at IS NOT NULL
            """);
    }

    private void insert(NewContact contact, Person person, Instant now, String onConflict) {
        jdbc.sql("""
            INSERT INTO contact (id, coach_id, person, phone, wa_id, wa_user_id, name, email, status, temperature,
                                 source, country, city, client_questions, coach_questions, created_at, updated_at)
            VALUES (:id, :coachId, :person, :phone, :waId, :waUserId, :name, :email, :status, :temperature,
                    :source, :country, :city, :clientQuestions::jsonb, :coachQuestions::jsonb, :now, :now)
            """ + onConflict)
                .param("id", Ids.next())
                .param("person", person.key())
                .param("now", now.atOffset(UTC))
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
