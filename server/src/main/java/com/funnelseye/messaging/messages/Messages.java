package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.contacts.Contacts;
import com.funnelseye.messaging.conversations.Conversations;
import com.funnelseye.messaging.credits.Credits;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.whatsapp.Channel;
import com.funnelseye.messaging.whatsapp.WhatsAppAccount;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Service
public class Messages {

    private final MessageRepository repository;
    private final Outbox outbox;
    private final Composer composer;
    private final Contacts contacts;
    private final Conversations conversations;
    private final Credits credits;
    private final Channel channel;
    private final WhatsAppAccount account;
    private final Clock clock;

    Messages(
            MessageRepository repository,
            Outbox outbox,
            Composer composer,
            Contacts contacts,
            Conversations conversations,
            Credits credits,
            Channel channel,
            WhatsAppAccount account,
            Clock clock) {
        this.repository = repository;
        this.outbox = outbox;
        this.composer = composer;
        this.contacts = contacts;
        this.conversations = conversations;
        this.credits = credits;
        this.channel = channel;
        this.account = account;
        this.clock = clock;
    }

    /// Takes a message to a phone number into the outbox; [Sender] does the sending. Message, thread, outbox row and
    /// reserved credit commit together, or nothing does.
    @Transactional
    public UUID accept(Coach coach, @Nullable String to, @Nullable UUID leadId, Draft draft) {
        requireMaySend(coach);
        var phone = contacts.phone(to, "to");
        return accept(coach, contacts.recipient(coach.id(), phone, leadId), draft);
    }

    /// The same, to a contact the coach has.
    @Transactional
    public UUID acceptTo(Coach coach, UUID contactId, Draft draft) {
        requireMaySend(coach);
        return accept(coach, contacts.byId(coach.scope(), contactId), draft);
    }

    private UUID accept(Coach coach, Contact contact, Draft draft) {
        var number = contact.phone();
        if (number == null) {
            throw Refusal.invalid("contactId", "This contact has no phone number");
        }
        var composition = composer.compose(contact, draft);
        channel.requireOpen();
        conversations.requireOpenWindow(contact.person());
        var author = Author.coach(coach, credits.price());
        var id = Ids.next();
        var now = clock.instant();
        repository.addOutbound(id, contact.id(), author, number, composition, account.phoneNumberId(), now);
        outbox.add(id, coach.id());
        conversations.added(contact.id(), contact.coachId(), id, now, false);
        credits.reserve(coach.id(), id, author.price());
        return id;
    }

    /// Adds what a customer wrote to its thread. Answers false when it was there already.
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean receive(Inbound inbound) {
        var id = Ids.next();
        if (!repository.addInbound(id, inbound)) {
            return false;
        }
        conversations.added(inbound.contactId(), inbound.coachId(), id, inbound.at(), true);
        return true;
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

    private static void requireMaySend(Coach coach) {
        if (coach.suspended()) {
            throw new CoachSuspended();
        }
    }
}
