package com.funnelseye.messaging.contacts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Refusal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class Contacts {

    /// One page of a list of contacts.
    record ContactPage<T>(List<T> contacts, Pagination pagination) {
        <S> ContactPage<S> as(Function<T, S> shown) {
            return new ContactPage<>(contacts.stream().map(shown).toList(), pagination);
        }
    }

    /// The first matches of a search, and how many there are; with `capped`, at least so many.
    record Found<T>(
            List<T> contacts,
            long total,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean capped) {
        <S> Found<S> as(Function<T, S> shown) {
            return new Found<>(contacts.stream().map(shown).toList(), total, capped);
        }
    }

    private final ContactRepository repository;
    private final Clock clock;
    private final @Nullable String defaultRegion;

    Contacts(
            ContactRepository repository,
            Clock clock,
            @Value("${messaging.contacts.default-region:#{null}}") @Nullable String defaultRegion) {
        this.repository = repository;
        this.clock = clock;
        this.defaultRegion = defaultRegion;
    }

    /// A phone from a request; refused with the documented sentence when it is missing or no number.
    public Phone phone(@Nullable String typed, String field) {
        return Phone.parse(typed, field, defaultRegion);
    }

    ContactPage<Contact> list(Scope scope, ContactFilter filter, Page page) {
        return new ContactPage<>(repository.list(scope, filter, page), page.of(repository.total(scope, filter)));
    }

    Found<Contact> search(Scope scope, ContactSearch search) {
        var filter = ContactFilter.of(search.words());
        var total = repository.total(scope, filter);
        var contacts = repository.list(scope, filter, search.page());
        return new Found<>(contacts, total.count(), total.capped() ? Boolean.TRUE : null);
    }

    /// The newest contacts, up to `limit`, that a search finds.
    public List<UUID> matching(Scope scope, String search, int limit) {
        return repository.list(scope, ContactFilter.of(Words.of("search", search)), new Page(1, limit)).stream()
                .map(Contact::id)
                .toList();
    }

    /// Refused as not found when it is not within the caller's scope.
    public Contact byId(Scope scope, UUID id) {
        return repository.byId(scope, id).orElseThrow(() -> Refusal.notFound("Contact"));
    }

    public boolean isWithin(Scope scope, UUID id) {
        return repository.byId(scope, id).isPresent();
    }

    /// The contact with this number, of the one coach the scope is about or of nobody, added when there is none.
    /// `leadId`, when given, must be that contact; it may be anyone's within the scope.
    @Transactional
    public Contact recipient(Scope scope, Phone phone, @Nullable UUID leadId) {
        if (leadId != null) {
            var lead = byId(scope, leadId);
            var known = repository.of(lead.coachId(), phone.person()).map(Contact::id);
            if (!known.equals(Optional.of(lead.id()))) {
                throw Refusal.invalid("leadId", "leadId does not match recipient");
            }
            return lead;
        }
        return findOrAdd(NewContact.dialled(scope.coachId(), phone), phone.person());
    }

    /// Everyone's contact rows of the person who wrote.
    public Person whoWrote(@Nullable String waId, @Nullable String userId) {
        return Phone.ofWaId(waId)
                .map(Phone::person)
                .or(() -> Optional.ofNullable(userId).map(Person::ofUserId))
                .orElseThrow(() -> new IllegalArgumentException("a sender has a number or a user id"));
    }

    /// The contact of `coachId` (null: nobody's yet) for a person who wrote, added when missing.
    @Transactional
    public Contact sender(
            @Nullable UUID coachId, @Nullable String waId, @Nullable String userId, @Nullable String profileName) {
        var phone = Phone.ofWaId(waId).orElse(null);
        var person = whoWrote(waId, userId);
        var contact = findOrAdd(NewContact.whoWrote(coachId, phone, waId, userId), person);
        repository.wroteAs(contact.id(), person);
        repository.seenOnWhatsApp(contact.id(), waId, userId, profileName);
        return contact;
    }

    /// WhatsApp answered a send with its own id of the person: from now on that one is dialled.
    @Transactional
    public void knownAs(UUID id, @Nullable String waId) {
        if (waId != null) {
            repository.seenOnWhatsApp(id, waId, null, null);
        }
    }

    /// Adds a contact with all that is known of it; a person the coach already has, or deleted, stays as she is.
    @Transactional
    public void add(NewContact contact, Phone phone) {
        repository.addIfMissing(contact, phone.person(), clock.instant());
    }

    /// Somebody who was deleted comes back as the contact she was.
    private Contact findOrAdd(NewContact contact, Person person) {
        return repository.of(contact.coachId(), person).orElseGet(() -> {
            repository.addOrBringBack(contact, person, clock.instant());
            return repository.of(contact.coachId(), person).orElseThrow();
        });
    }
}
