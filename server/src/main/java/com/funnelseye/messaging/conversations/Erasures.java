package com.funnelseye.messaging.conversations;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.conversations.ErasureRepository.Row;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.whatsapp.Events;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Erases a person from a contact: who she is, what was written, and what WhatsApp sent of it. What it cost and who did
/// what stays, by ids that lead nowhere.
@Service
class Erasures {

    record Erased(@JsonProperty("_id") UUID id, Instant erasedAt) {}

    private final ErasureRepository repository;
    private final Threads threads;
    private final Events events;
    private final Audit audit;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    Erasures(
            ErasureRepository repository,
            Threads threads,
            Events events,
            Audit audit,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.repository = repository;
        this.threads = threads;
        this.events = events;
        this.audit = audit;
        this.publisher = publisher;
        this.clock = clock;
    }

    /// With her go the contacts merged into her. Saying it twice changes nothing. Refused while a message is still
    /// open: its
    /// result would bring the person back.
    @Transactional
    public Erased erase(Caller caller, UUID contactId) {
        var contact = repository.lock(caller.scope(), contactId).orElseThrow(() -> Refusal.notFound("Contact"));
        if (contact.erasedAt() != null) {
            return new Erased(contactId, contact.erasedAt());
        }
        if (threads.hasOpenMessages(contactId)) {
            throw new StillSending();
        }
        var now = clock.instant();
        var rows = new ArrayList<>(repository.lockMerged(contactId));
        rows.add(contact);
        events.forget(repository.wamids(contactId), names(rows));
        repository.eraseMessages(contactId);
        repository.eraseContacts(rows.stream().map(Row::id).toList(), now);
        repository.erasePersons(rows.stream().map(Row::person).toList());
        publisher.publishEvent(new ContactErased(contactId));
        audit.record(caller, "contact.erased", new Subject("contact", contactId));
        return new Erased(contactId, now);
    }

    /// As WhatsApp writes them: digits without `+`, and user ids.
    private static List<String> names(Collection<Row> rows) {
        return rows.stream()
                .flatMap(row -> Stream.of(
                        row.person(),
                        row.waId(),
                        row.waUserId(),
                        row.phone() == null ? null : row.phone().substring(1)))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
