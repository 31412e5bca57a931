package com.funnelseye.messaging.inbox;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.contacts.Contacts;
import com.funnelseye.messaging.conversations.Conversations;
import com.funnelseye.messaging.conversations.Window;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Total;
import com.funnelseye.messaging.inbox.InboxRepository.ThreadRow;
import com.funnelseye.messaging.messages.Direction;
import com.funnelseye.messaging.messages.Message;
import com.funnelseye.messaging.messages.Messages;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Inbox {

    record InboxPage(List<ConversationRow> conversations, Pagination pagination) {}

    record ThreadContact(
            UUID id,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone) {}

    /// @param ownership only for admins
    record ThreadPage(
            ThreadContact contact,
            Window window,
            boolean archived,
            @JsonUnwrapped @Nullable Ownership ownership,
            List<Message> messages,
            Pagination pagination) {}

    record Archived(UUID contactId, boolean archived) {}

    record ThreadRead(UUID contactId, int markedCount, long unreadCount) {}

    record Read(UUID messageId, boolean isRead, long unreadCount) {}

    private final InboxRepository repository;
    private final Messages messages;
    private final Contacts contacts;
    private final Conversations conversations;
    private final ReadReceipts receipts;
    private final Clock clock;

    Inbox(
            InboxRepository repository,
            Messages messages,
            Contacts contacts,
            Conversations conversations,
            ReadReceipts receipts,
            Clock clock) {
        this.repository = repository;
        this.messages = messages;
        this.contacts = contacts;
        this.conversations = conversations;
        this.receipts = receipts;
        this.clock = clock;
    }

    InboxPage list(Scope scope, InboxFilter filter, Page page) {
        var threads = repository.threads(scope, filter, page);
        var last = messages.byIds(threads.stream().map(ThreadRow::lastMessageId).toList()).stream()
                .collect(toMap(Message::id, Function.identity()));
        var now = clock.instant();
        var rows = threads.stream()
                .map(thread -> new ConversationRow(
                        thread.contactId(),
                        thread.contactName(),
                        thread.contactPhone(),
                        requireNonNull(last.get(thread.lastMessageId())),
                        thread.unreadCount(),
                        thread.messageCount(),
                        Window.after(thread.lastInboundAt(), now),
                        thread.archived(),
                        shownTo(scope, thread)))
                .toList();
        return new InboxPage(rows, page.of(repository.total(scope, filter)));
    }

    /// Page 1 is the newest page; within a page the oldest message comes first. Looking marks nothing as read.
    ThreadPage thread(Scope scope, UUID contactId, Page page) {
        var contact = contacts.byId(scope, contactId);
        var thread = repository.thread(contactId);
        return new ThreadPage(
                shown(contact),
                conversations.window(contact.person()),
                thread.map(ThreadRow::archived).orElse(false),
                thread.map(row -> shownTo(scope, row)).orElse(null),
                messages.thread(contactId, page).reversed(),
                page.of(Total.exactly(thread.map(ThreadRow::messageCount).orElse(0L))));
    }

    /// Marks one message read. Saying it twice changes nothing.
    @Transactional
    public Read read(Coach coach, UUID messageId) {
        var message = messages.byId(messageId);
        requireOwn(coach, message);
        var marked = message.direction() == Direction.INBOUND
                ? messages.markRead(message.contactId(), messageId)
                : List.<UUID>of();
        receipts.owe(marked);
        return new Read(messageId, true, conversations.read(message.contactId(), marked.size()));
    }

    /// Marks a whole thread read.
    @Transactional
    public ThreadRead readAll(Coach coach, UUID contactId) {
        var contact = contacts.byId(coach.scope(), contactId);
        var marked = messages.markRead(contact.id(), null);
        receipts.owe(marked);
        conversations.read(contact.id(), marked.size());
        return new ThreadRead(contact.id(), marked.size(), 0);
    }

    /// Marks the newest inbound message unread, as a reminder. A thread in which nobody wrote to us stays as it is.
    @Transactional
    public ThreadRead unread(Coach coach, UUID contactId) {
        var contact = contacts.byId(coach.scope(), contactId);
        var marked = messages.markNewestUnread(contact.id());
        return new ThreadRead(contact.id(), marked, conversations.unread(contact.id(), marked));
    }

    /// Puts a thread aside, or takes it back.
    @Transactional
    public Archived archive(Coach coach, UUID contactId, boolean archived) {
        var contact = contacts.byId(coach.scope(), contactId);
        if (!conversations.archive(contact.id(), archived)) {
            throw Refusal.notFound("Conversation");
        }
        return new Archived(contact.id(), archived);
    }

    private static @Nullable Ownership shownTo(Scope scope, ThreadRow thread) {
        return switch (scope) {
            case Scope.OwnLeads _ -> null;
            case Scope.Everyone _ -> thread.ownership();
        };
    }

    /// A message of somebody else's contact is answered like one that does not exist.
    private void requireOwn(Coach coach, Message message) {
        if (!contacts.isWithin(coach.scope(), message.contactId())) {
            throw Refusal.notFound("Message");
        }
    }

    private static ThreadContact shown(Contact contact) {
        return new ThreadContact(contact.id(), contact.name(), contact.email(), contact.phone());
    }
}
