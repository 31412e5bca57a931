package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.contacts.ContactExists.Existing;
import com.funnelseye.messaging.http.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.node.ObjectNode;

/// What people do to contacts by hand.
@Service
class Leads {

    private final Contacts contacts;
    private final ContactEdits edits;
    private final OptOuts optOuts;
    private final Audit audit;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final @Nullable String defaultRegion;

    Leads(
            Contacts contacts,
            ContactEdits edits,
            OptOuts optOuts,
            Audit audit,
            TransactionOperations transaction,
            Clock clock,
            @Value("${messaging.contacts.default-region:#{null}}") @Nullable String defaultRegion) {
        this.contacts = contacts;
        this.edits = edits;
        this.optOuts = optOuts;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
        this.defaultRegion = defaultRegion;
    }

    /// Somebody she deleted comes back as the contact she was, with what is said of her now.
    @Transactional
    public Contact add(Coach coach, ObjectNode said) {
        var edit = ContactForm.added(said, defaultRegion).orRefuse();
        var id = Ids.next();
        if (edits.add(coach.id(), Map.of(id, edit), clock.instant()).isEmpty()) {
            id = broughtBack(existing(coach.id(), edit), edit);
        }
        return optedOut(coach, contacts.byId(coach.scope(), id), edit);
    }

    private UUID broughtBack(Existing existing, ContactEdit edit) {
        if (!existing.deleted()) {
            throw new ContactExists(existing);
        }
        edits.bringBack(List.of(existing.contactId()));
        edits.apply(Map.of(existing.contactId(), edit), clock.instant());
        return existing.contactId();
    }

    /// The new number may be that of another contact: only the schema knows for sure.
    public Contact edit(Caller caller, UUID id, ObjectNode said) {
        var edit = ContactForm.edited(said, defaultRegion).orRefuse();
        var before = contacts.byId(caller.scope(), id);
        try {
            return transaction.execute(_ -> edited(caller, id, edit));
        } catch (DuplicateKeyException taken) {
            throw new ContactExists(existing(before.coachId(), edit));
        }
    }

    private Contact edited(Caller caller, UUID id, ContactEdit edit) {
        edits.apply(Map.of(id, edit), clock.instant());
        audit.record(caller, "contact.edited", subject(id), Map.of(), Map.of("fields", edit.fields()));
        return optedOut(caller, contacts.byId(caller.scope(), id), edit);
    }

    private Existing existing(@Nullable UUID coachId, ContactEdit edit) {
        var person = edit.dialled().person().key();
        return Objects.requireNonNull(edits.existing(coachId, List.of(person)).get(person));
    }

    @Transactional
    public Contact view(Admin admin, UUID id) {
        var contact = contacts.byId(admin.scope(), id);
        audit.record(admin, "contact.viewed", subject(id));
        return contact;
    }

    @Transactional
    public void delete(Caller caller, UUID id) {
        contacts.byId(caller.scope(), id);
        edits.delete(id, clock.instant());
        audit.record(caller, "contact.deleted", subject(id));
    }

    private Contact optedOut(Caller caller, Contact contact, ContactEdit edit) {
        if (edit.optOut() == null || edit.optOut() == contact.optOut()) {
            return contact;
        }
        optOuts.set(contact.id(), edit.optOut(), caller.id());
        return contacts.byId(caller.scope(), contact.id());
    }

    private static Subject subject(UUID id) {
        return new Subject("contact", id);
    }
}
