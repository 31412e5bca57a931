package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.http.IdempotencyKey;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.http.Shown;
import com.funnelseye.messaging.inbox.Inbox.Archived;
import com.funnelseye.messaging.inbox.Inbox.InboxPage;
import com.funnelseye.messaging.inbox.Inbox.Read;
import com.funnelseye.messaging.inbox.Inbox.ThreadPage;
import com.funnelseye.messaging.inbox.Inbox.ThreadRead;
import com.funnelseye.messaging.inbox.TextSearch.FoundPage;
import com.funnelseye.messaging.messages.Draft;
import com.funnelseye.messaging.messages.DraftRequest;
import com.funnelseye.messaging.messages.Patience;
import com.funnelseye.messaging.messages.Recipient;
import com.funnelseye.messaging.messages.SendOptions;
import com.funnelseye.messaging.messages.Sends;
import com.funnelseye.messaging.messages.Sends.Sent;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/inbox")
class InboxController {

    record ReplyRequest(
            @Shown(required = true) @Nullable UUID contactId,
            @Nullable String message,
            @Shown(words = {"text", "template", "image", "video", "audio", "document", "media"}) @Nullable String type,
            @Nullable String mediaUrl,
            @Nullable String caption,
            @Nullable UUID templateId,
            @Nullable Map<String, @Nullable String> templateParameters,
            @Nullable UUID replyTo,
            @Nullable String scheduledAt) {

        Recipient recipient() {
            if (contactId == null) {
                throw Refusal.invalid("contactId", "contactId is required");
            }
            return new Recipient.Known(contactId);
        }

        SendOptions options() {
            return SendOptions.of(replyTo, scheduledAt);
        }

        Draft draft() {
            return new DraftRequest(type, message, mediaUrl, caption, templateId, templateParameters).draft();
        }
    }

    private final Inbox inbox;
    private final TextSearch search;
    private final Sends sends;

    InboxController(Inbox inbox, TextSearch search, Sends sends) {
        this.inbox = inbox;
        this.search = search;
        this.sends = sends;
    }

    @GetMapping
    Reply<InboxPage> list(
            Coach coach,
            Page page,
            @RequestParam(defaultValue = "false") boolean unreadOnly,
            @RequestParam(required = false) @Nullable String search,
            @Shown(words = {"open", "closing", "closed"}) @RequestParam(required = false) @Nullable String window,
            @RequestParam(defaultValue = "false") boolean awaiting,
            @RequestParam(defaultValue = "false") boolean archived) {
        var filter = InboxFilter.of(unreadOnly, search, window, awaiting, archived, false);
        return Reply.of(inbox.list(coach.scope(), filter, page));
    }

    @GetMapping("/search")
    Reply<FoundPage> search(Coach coach, Page page, @Shown(required = true) @RequestParam(required = false) @Nullable String q) {
        return Reply.of(search.find(coach.scope(), q, page));
    }

    @GetMapping("/conversation/{contactId}")
    Reply<ThreadPage> thread(Coach coach, @PathVariable UUID contactId, Page page) {
        return Reply.of(inbox.thread(coach.scope(), contactId, page));
    }

    @PostMapping("/send")
    ResponseEntity<Reply<Sent>> send(
            Coach coach, @RequestBody ReplyRequest request, Patience patience, IdempotencyKey key) {
        return sends.send(coach, request.recipient(), request.draft(), request.options(), patience, key)
                .reply();
    }

    @PutMapping("/conversation/{contactId}/read")
    Reply<ThreadRead> readAll(Coach coach, @PathVariable UUID contactId) {
        return Reply.of("Conversation marked as read", inbox.readAll(coach, contactId));
    }

    @PutMapping("/conversation/{contactId}/unread")
    Reply<ThreadRead> unread(Coach coach, @PathVariable UUID contactId) {
        return Reply.of("Conversation marked as unread", inbox.unread(coach, contactId));
    }

    @PutMapping("/conversation/{contactId}/archive")
    Reply<Archived> archive(Coach coach, @PathVariable UUID contactId) {
        return Reply.of("Conversation archived", inbox.archive(coach, contactId, true));
    }

    @PutMapping("/conversation/{contactId}/unarchive")
    Reply<Archived> unarchive(Coach coach, @PathVariable UUID contactId) {
        return Reply.of("Conversation unarchived", inbox.archive(coach, contactId, false));
    }

    @PutMapping("/messages/{messageId}/read")
    Reply<Read> read(Coach coach, @PathVariable UUID messageId) {
        return Reply.of("Message marked as read", inbox.read(coach, messageId));
    }
}
