package com.funnelseye.messaging.conversations;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.contacts.Contacts;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.http.Refusal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Makes two contacts of a coach one, and two again. The thread, its counts and its numbers are those of both; the
/// survivor's fields win and their gaps are filled. Rows are locked in the order contact, message, conversation.
@Service
class Merges {

    /// So many numbers may be known of one contact beside its own.
    static final int MAX_NUMBERS = 20;

    record MergeList(List<Merge> merges) {}

    private final MergeRepository repository;
    private final Threads threads;
    private final Contacts contacts;
    private final Audit audit;
    private final Clock clock;

    Merges(MergeRepository repository, Threads threads, Contacts contacts, Audit audit, Clock clock) {
        this.repository = repository;
        this.threads = threads;
        this.contacts = contacts;
        this.audit = audit;
        this.clock = clock;
    }

    MergeList list(Scope scope, UUID contactId) {
        return new MergeList(repository.of(contacts.byId(scope, contactId).id()));
    }

    /// Refused while a message of the contact that goes is still open: it would be sent to another number.
    @Transactional
    public Merge merge(Caller caller, UUID contactId, @Nullable UUID mergeWith) {
        var survivor = contacts.byId(caller.scope(), contactId);
        var merged = other(caller, survivor, mergeWith);
        if (repository.lock(survivor.id(), merged.id()) != 2) {
            throw Refusal.notFound("Contact");
        }
        if (threads.hasOpenMessages(merged.id())) {
            throw new StillSending();
        }
        if (repository.numbers(survivor.id()) + repository.numbers(merged.id()) >= MAX_NUMBERS) {
            throw Refusal.invalid("mergeWith", "A contact has at most %d other numbers".formatted(MAX_NUMBERS));
        }
        var id = Ids.next();
        repository.add(id, survivor.id(), merged.id(), caller.id(), clock.instant());
        join(survivor, merged);
        note(caller, "contact.merged", survivor.id(), id, merged.id());
        return found(survivor.id(), id);
    }

    private Contact other(Caller caller, Contact survivor, @Nullable UUID mergeWith) {
        if (mergeWith == null) {
            throw Refusal.invalid("mergeWith", "mergeWith is required");
        }
        var merged = contacts.byId(caller.scope(), mergeWith);
        if (merged.id().equals(survivor.id())) {
            throw Refusal.invalid("mergeWith", "A contact cannot be merged with itself");
        }
        if (!Objects.equals(merged.coachId(), survivor.coachId())) {
            throw Refusal.invalid("mergeWith", "Both contacts must belong to the same coach");
        }
        return merged;
    }

    /// The thread is put aside when both were, or the one was and the other has no messages.
    private void join(Contact survivor, Contact merged) {
        var archived = (repository.isArchived(survivor.id()) || survivor.messageCount() == 0)
                && (repository.isArchived(merged.id()) || merged.messageCount() == 0);
        threads.mergeAll(merged.id(), survivor.id());
        threads.remove(merged.id());
        threads.recount(survivor.id(), survivor.coachId(), archived);
        threads.recountExchange(survivor.id(), merged.id());
        repository.fill(survivor.id(), merged.id(), clock.instant());
        repository.hide(survivor.id(), merged.id(), clock.instant());
    }

    /// What was written from or to the merged contact's number since goes back with it; fields edited since stay as
    /// they
    /// are. Saying it twice changes nothing.
    @Transactional
    public Merge undo(Caller caller, UUID contactId, UUID mergeId) {
        var survivor = contacts.byId(caller.scope(), contactId);
        if (repository.lock(survivor.id()) != 1) {
            throw Refusal.notFound("Contact");
        }
        var merge = found(survivor.id(), mergeId);
        if (merge.undoneAt() != null) {
            return merge;
        }
        if (clock.instant().isAfter(merge.undoUntil())) {
            throw new Refusal(
                    HttpStatus.CONFLICT,
                    "MERGE_FINAL",
                    "A merge can be undone for 7 days; this one is final",
                    "Conflict");
        }
        part(survivor, merge);
        note(
                caller,
                "contact.merge-undone",
                survivor.id(),
                mergeId,
                merge.merged().id());
        return found(survivor.id(), mergeId);
    }

    private void part(Contact survivor, Merge merge) {
        var merged = merge.merged().id();
        var under = repository.under(merged);
        var archivedNow = repository.isArchived(survivor.id());
        if (!threads.takeBack(survivor.id(), merged, under)) {
            throw new StillSending();
        }
        repository.show(survivor.id(), merged, under);
        repository.empty(merge.id(), under, clock.instant());
        threads.recount(
                survivor.id(), survivor.coachId(), archivedNow || repository.wasArchived(merge.id(), survivor.id()));
        threads.recount(merged, survivor.coachId(), archivedNow || repository.wasArchived(merge.id(), merged));
        threads.recountExchange(survivor.id(), merged);
        repository.undone(merge.id(), clock.instant());
    }

    private Merge found(UUID contactId, UUID mergeId) {
        return repository.byId(contactId, mergeId).stream().findFirst().orElseThrow(() -> Refusal.notFound("Merge"));
    }

    @Transactional
    public MergeList view(Admin admin, UUID contactId) {
        var merges = list(admin.scope(), contactId);
        audit.record(admin, "contact.merges-viewed", new Subject("contact", contactId));
        return merges;
    }

    private void note(Caller caller, String action, UUID contactId, UUID mergeId, UUID merged) {
        audit.record(
                caller,
                action,
                new Subject("contact", contactId),
                Map.of(),
                Map.of("mergeId", mergeId, "merged", merged));
    }
}
