package com.funnelseye.messaging.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.contacts.Contacts;
import com.funnelseye.messaging.conversations.Conversations;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.messages.Lives.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Messages that wait for a time of their own. Until they are begun they can be changed and taken back; what wins, the
/// change or the begin, is decided by the lock on the outbox row.
@Service
class Schedule {

    record ScheduledPage(List<Message> messages, Pagination pagination) {}

    /// @param warning what may keep the message from going; left out when nothing will
    record Scheduled(
            @JsonUnwrapped Message message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String warning) {}

    private final ScheduleRepository repository;
    private final MessageRepository messages;
    private final Lives lives;
    private final Contacts contacts;
    private final Conversations conversations;
    private final Audit audit;
    private final Clock clock;

    Schedule(
            ScheduleRepository repository,
            MessageRepository messages,
            Lives lives,
            Contacts contacts,
            Conversations conversations,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.messages = messages;
        this.lives = lives;
        this.contacts = contacts;
        this.conversations = conversations;
        this.audit = audit;
        this.clock = clock;
    }

    /// The next one first.
    ScheduledPage list(Scope scope, Page page) {
        return new ScheduledPage(repository.list(scope, page), page.of(repository.total(scope)));
    }

    /// Its credit is available again. Said twice, it changes nothing.
    @Transactional
    public Message cancel(Caller caller, UUID messageId) {
        var before = outbound(caller, messageId);
        if (before.status() == MessageStatus.CANCELLED) {
            return before;
        }
        if (!repository.hold(messageId)) {
            throw new AlreadySent();
        }
        lives.move(List.of(new Event(messageId, new Happening.Cancelled())));
        note(caller, "message.cancelled", messageId);
        return outbound(caller, messageId);
    }

    /// Null leaves the text or the time as it is.
    @Transactional
    public Scheduled change(Caller caller, UUID messageId, @Nullable String text, @Nullable Instant scheduledAt) {
        new SendOptions(null, scheduledAt).requireFuture(clock.instant());
        var before = outbound(caller, messageId);
        if (!repository.hold(messageId)) {
            throw new AlreadySent();
        }
        if (text != null && before.type() != MessageType.TEXT) {
            throw Refusal.invalid("message", "Only the text of a text message can be changed");
        }
        repository.change(messageId, text, scheduledAt);
        note(caller, "message.rescheduled", messageId);
        var after = outbound(caller, messageId);
        var person = contacts.byId(caller.scope(), after.contactId()).person();
        return new Scheduled(after, conversations.window(person).warningFor(after.scheduledAt()));
    }

    /// A message of somebody else's contact is answered like one that does not exist.
    private Message outbound(Caller caller, UUID messageId) {
        return messages.byId(messageId)
                .filter(message -> message.direction() == Direction.OUTBOUND)
                .filter(message -> contacts.isWithin(caller.scope(), message.contactId()))
                .orElseThrow(() -> Refusal.notFound("Message"));
    }

    private void note(Caller caller, String action, UUID messageId) {
        if (caller instanceof Caller.Admin) {
            audit.record(caller, action, new Subject("message", messageId));
        }
    }
}
