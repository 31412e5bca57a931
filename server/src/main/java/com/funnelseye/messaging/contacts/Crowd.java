package com.funnelseye.messaging.contacts;

import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.whatsapp.WhatsAppAccount;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Contacts by the thousand: each question is one statement, however many are asked about.
@Service
public class Crowd {

    private final JdbcClient jdbc;
    private final WhatsAppAccount account;
    private final Clock clock;
    private final @Nullable String defaultRegion;

    Crowd(
            JdbcClient jdbc,
            WhatsAppAccount account,
            Clock clock,
            @Value("${messaging.contacts.default-region:#{null}}") @Nullable String defaultRegion) {
        this.jdbc = jdbc;
        this.account = account;
        this.clock = clock;
        this.defaultRegion = defaultRegion;
    }

    /// Empty for what is no phone number.
    public Optional<Phone> phone(@Nullable String typed) {
        return Phone.read(typed, defaultRegion);
    }

    /// Those of these contacts that are within the scope.
    public Map<UUID, Contact> byIds(Scope scope, Collection<UUID> ids) {
        return rows("contact.id = ANY (:ids) AND contact.deleted_at IS NULL"
                        + " AND (:coachId::uuid IS NULL OR contact.coach_id = :coachId)")
                .param("ids", ids.toArray(UUID[]::new))
                .param("coachId", scope.coachId())
                .query(Contact.class)
                .list()
                .stream()
                .collect(toMap(Contact::id, Function.identity()));
    }

    /// Those of these people the coach has, or had and deleted; by person. A null coach has those who are nobody's.
    public Map<String, Contact> ofCoach(@Nullable UUID coachId, Collection<String> persons) {
        return rows("contact.person = ANY (:persons) AND contact.coach_id IS NOT DISTINCT FROM :coachId")
                .param("persons", persons.toArray(String[]::new))
                .param("coachId", coachId)
                .query(Contact.class)
                .list()
                .stream()
                .collect(toMap(Contact::person, Function.identity()));
    }

    private JdbcClient.StatementSpec rows(String where) {
        return jdbc.sql(ContactRepository.ROWS + " WHERE " + where).param("phoneNumberId", account.phoneNumberId());
    }

    /// Who of these people takes no more marketing from the business number.
    public Set<String> optedOut(Collection<String> persons) {
        return new HashSet<>(jdbc.sql("""
            SELECT person
              FROM opt_out
             WHERE phone_number_id = :phoneNumberId AND person = ANY (:persons)
            """)
                .param("phoneNumberId", account.phoneNumberId())
                .param("persons", persons.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /// Somebody who would be a contact of the coach once she is added.
    public Contact newcomer(@Nullable UUID coachId, Phone phone, @Nullable String name) {
        return Contact.newcomer(Ids.next(), coachId, phone, name, clock.instant());
    }

    /// Adds newcomers of one coach, and brings back who was deleted. Answers each one's id: another than the given one
    /// if she was there already.
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, UUID> add(@Nullable UUID coachId, Collection<Contact> newcomers) {
        if (newcomers.isEmpty()) {
            return Map.of();
        }
        record Known(String person, UUID id) {}
        var sorted = newcomers.stream().sorted(Comparator.comparing(Contact::person)).toList();
        var persons = texts(sorted, Contact::person);
        insert(coachId, sorted, persons);
        return jdbc
                .sql("SELECT person, id FROM contact WHERE person = ANY (:persons)"
                        + " AND coach_id IS NOT DISTINCT FROM :coachId")
                .param("persons", persons)
                .param("coachId", coachId)
                .query(Known.class)
                .list()
                .stream()
                .collect(toMap(Known::person, Known::id));
    }

    /// Whoever of them was deleted is a contact again.
    @Transactional(propagation = Propagation.MANDATORY)
    public void bringBack(Collection<UUID> ids) {
        jdbc.sql("UPDATE contact SET deleted_at = NULL, updated_at = :now"
                        + " WHERE id = ANY (:ids) AND deleted_at IS NOT NULL")
                .param("ids", ids.toArray(UUID[]::new))
                .param("now", clock.instant().atOffset(UTC))
                .update();
    }

    private void insert(@Nullable UUID coachId, List<Contact> newcomers, @Nullable String[] persons) {
        jdbc.sql("""
            INSERT INTO contact (id, coach_id, person, phone, name, status, source, created_at, updated_at)
            SELECT newcomer.id, :coachId, newcomer.person, newcomer.phone, newcomer.name, 'New', 'WhatsApp', :now, :now
              FROM unnest(:ids::uuid[], :persons::text[], :phones::text[], :names::text[])
                       AS newcomer (id, person, phone, name)
             ORDER BY newcomer.person
                ON CONFLICT ON CONSTRAINT contact_is_one_person_per_coach DO UPDATE
               SET deleted_at = NULL, updated_at = excluded.updated_at
             WHERE contact.deleted_at IS NOT NULL
            """)
                .param("coachId", coachId)
                .param("ids", newcomers.stream().map(Contact::id).toArray(UUID[]::new))
                .param("persons", persons)
                .param("phones", texts(newcomers, Contact::phone))
                .param("names", texts(newcomers, Contact::name))
                .param("now", clock.instant().atOffset(UTC))
                .update();
    }

    private static @Nullable String[] texts(List<Contact> contacts, Function<Contact, @Nullable String> part) {
        return contacts.stream().map(part).toArray(String[]::new);
    }
}
