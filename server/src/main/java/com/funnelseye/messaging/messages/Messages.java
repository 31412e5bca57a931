package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Accounts;
import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.contacts.Contacts;
import com.funnelseye.messaging.conversations.Assignments;
import com.funnelseye.messaging.conversations.Conversations;
import com.funnelseye.messaging.credits.Credits;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.whatsapp.Channel;
import com.funnelseye.messaging.whatsapp.WhatsAppAccount;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Service
public class Messages {

    /// A message that is in the outbox.
    ///
    /// @param coachId whose thread it is in
    /// @param scheduledAt when it shall go; null is now
    /// @param warning what may keep it from going, said in time
    public record Accepted(
            UUID id,
            @Nullable UUID coachId,
            @Nullable Instant scheduledAt,
            @Nullable String warning) implements IdempotencyKeys.Made {}

    private final MessageRepository repository;
    private final Outbox outbox;
    private final Accounts accounts;
    private final Composer composer;
    private final Contacts contacts;
    private final Conversations conversations;
    private final Assignments assignments;
    private final Credits credits;
    private final Channel channel;
    private final WhatsAppAccount account;
    private final Audit audit;
    private final Clock clock;

    Messages(
            MessageRepository repository,
            Outbox outbox,
            Accounts accounts,
            Composer composer,
            Contacts contacts,
            Conversations conversations,
            Assignments assignments,
            Credits credits,
            Channel channel,
            WhatsAppAccount account,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.outbox = outbox;
        this.accounts = accounts;
        this.composer = composer;
        this.contacts = contacts;
        this.conversations = conversations;
        this.assignments = assignments;
        this.credits = credits;
        this.channel = channel;
        this.account = account;
        this.audit = audit;
        this.clock = clock;
    }

    /// Takes a message into the outbox; [Sender] does the sending. Message, thread, outbox row and reserved credit
    /// commit together, or nothing does.
    @Transactional
    public Accepted accept(Caller caller, Recipient recipient, Draft draft, SendOptions options) {
        requireMaySend(caller);
        var contact = contactOf(caller, recipient);
        var number = contact.phone();
        if (number == null) {
            throw Refusal.invalid("contactId", "This contact has no phone number");
        }
        if (!assignments.hold(contact.id(), contact.coachId())) {
            throw Refusal.notFound("Contact");
        }
        var composition = composer.compose(contact, draft);
        requireWanted(contact, composition);
        var now = clock.instant();
        options.requireFuture(now);
        channel.requireOpen();
        var window = conversations.requireOpenWindow(contact.person());
        var quoted = options.replyTo() == null ? null : wamidIn(contact.id(), options.replyTo());
        var author = Author.of(caller, contact.coachId(), credits.price());
        var id = Ids.next();
        repository.addOutbound(id, contact.id(), author, number, composition, quoted, account.phoneNumberId(), now);
        outbox.add(id, author.coachId(), options.scheduledAt());
        conversations.added(contact.id(), author.coachId(), id, now, false);
        reserve(author, id);
        note(caller, id, contact);
        return new Accepted(id, author.coachId(), options.scheduledAt(), window.warningFor(options.scheduledAt()));
    }

    private static void requireWanted(Contact contact, Composition composition) {
        var template = composition.template();
        if (template != null && template.isMarketing() && contact.optOut()) {
            throw new OptedOut();
        }
    }

    private Contact contactOf(Caller caller, Recipient recipient) {
        return switch (recipient) {
            case Recipient.Known(var contactId) -> contacts.byId(caller.scope(), contactId);
            case Recipient.Dialled(var to, var leadId, var coachId) ->
                contacts.recipient(scopeOf(caller, coachId), contacts.phone(to, "to"), leadId);
        };
    }

    /// A message that the caller sent before, as it stands now. Her contact may be gone or another's by then.
    Accepted accepted(Caller caller, UUID id) {
        var standing = repository.standing(id);
        var coachId = caller instanceof Caller.Coach ? caller.id() : standing.coachId();
        var warning = conversations.window(standing.person()).warningFor(standing.scheduledAt());
        return new Accepted(id, coachId, standing.scheduledAt(), warning);
    }

    /// An admin may speak for one coach; what a coach says of coaches is ignored.
    private Scope scopeOf(Caller caller, @Nullable UUID coachId) {
        if (caller instanceof Caller.Admin && coachId != null) {
            var coach = accounts.coach(coachId).orElseThrow(() -> Refusal.notFound("Coach"));
            return new Scope.Everyone(coach.id());
        }
        return caller.scope();
    }

    private String wamidIn(UUID contactId, UUID messageId) {
        var quoted = repository
                .byId(messageId)
                .filter(message -> message.contactId().equals(contactId))
                .orElseThrow(() -> Refusal.notFound("Message"));
        var wamid = quoted.wamid();
        if (wamid == null) {
            throw Refusal.invalid("replyTo", "The quoted message is not on WhatsApp");
        }
        return wamid;
    }

    private void reserve(Author author, UUID messageId) {
        if (author.coachId() != null) {
            credits.reserve(author.coachId(), messageId, author.price());
        }
    }

    private void note(Caller caller, UUID messageId, Contact contact) {
        if (caller instanceof Caller.Admin) {
            var where = new HashMap<String, @Nullable UUID>();
            where.put("contactId", contact.id());
            where.put("coachId", contact.coachId());
            audit.record(caller, "message.sent", new Subject("message", messageId), Map.of(), where);
        }
    }

    /// Adds what a customer wrote to its thread. Answers the message's id, or nothing when it was there already. Fails,
    /// to be tried again, when the contact has just been given to another coach.
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<UUID> receive(Inbound inbound) {
        if (!assignments.hold(inbound.contactId(), inbound.coachId())) {
            throw new ConcurrencyFailureException("contact was assigned meanwhile: " + inbound.contactId());
        }
        var id = Ids.next();
        if (!repository.addInbound(id, inbound)) {
            return Optional.empty();
        }
        conversations.added(inbound.contactId(), inbound.coachId(), id, inbound.at(), true);
        return Optional.of(id);
    }

    /// Whether this message of a customer was received once, and the customer erased since.
    public boolean isErased(String phoneNumberId, String wamid) {
        return repository.isErased(phoneNumberId, wamid);
    }

    /// A page of a thread, newest first. Whether the caller may see the contact is asked before.
    public List<Message> thread(UUID contactId, Page page) {
        return repository.thread(contactId, page);
    }

    public List<Message> byIds(Collection<UUID> ids) {
        return repository.byIds(ids);
    }

    /// Refused as not found when the message does not exist; whose it is is for the caller to ask.
    public Message byId(UUID id) {
        return repository.byId(id).orElseThrow(() -> Refusal.notFound("Message"));
    }

    /// Marks inbound messages of a thread read: one of them, or all when `only` is null. Answers those that were
    /// unread.
    @Transactional(propagation = Propagation.MANDATORY)
    public List<UUID> markRead(UUID contactId, @Nullable UUID only) {
        return repository.markRead(contactId, only);
    }

    /// Marks the newest inbound message of a thread unread. Answers how many that changed: none or one.
    @Transactional(propagation = Propagation.MANDATORY)
    public int markNewestUnread(UUID contactId) {
        return repository.markNewestUnread(contactId);
    }

    private static void requireMaySend(Caller caller) {
        if (caller instanceof Caller.Coach coach && coach.suspended()) {
            throw new CoachSuspended();
        }
    }
}
