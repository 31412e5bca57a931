package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.http.IdempotencyKey;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.http.Shown;
import com.funnelseye.messaging.inbox.Inbox.InboxPage;
import com.funnelseye.messaging.inbox.Inbox.ThreadPage;
import com.funnelseye.messaging.inbox.InboxController.ReplyRequest;
import com.funnelseye.messaging.inbox.TextSearch.FoundPage;
import com.funnelseye.messaging.inbox.Triage.Assigned;
import com.funnelseye.messaging.messages.Patience;
import com.funnelseye.messaging.messages.Sends;
import com.funnelseye.messaging.messages.Sends.Sent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Everyone's threads. Looking at one leaves a row in the audit and changes nothing for its coach.
@RestController
@RequestMapping("/api/messaging/admin/inbox")
class AdminInboxController {

    record AssignRequest(@Shown(required = true) @Nullable UUID coachId) {

        UUID coach() {
            if (coachId == null) {
                throw Refusal.invalid("coachId", "coachId is required");
            }
            return coachId;
        }
    }

    private final Inbox inbox;
    private final TextSearch search;
    private final Triage triage;
    private final Sends sends;
    private final Audit audit;

    AdminInboxController(Inbox inbox, TextSearch search, Triage triage, Sends sends, Audit audit) {
        this.inbox = inbox;
        this.search = search;
        this.triage = triage;
        this.sends = sends;
        this.audit = audit;
    }

    @GetMapping
    Reply<InboxPage> list(
            Admin admin,
            Page page,
            @RequestParam(required = false) @Nullable UUID coachId,
            @RequestParam(defaultValue = "false") boolean unreadOnly,
            @RequestParam(required = false) @Nullable String search,
            @Shown(words = {"open", "closing", "closed"}) @RequestParam(required = false) @Nullable String window,
            @RequestParam(defaultValue = "false") boolean awaiting,
            @RequestParam(defaultValue = "false") boolean archived,
            @RequestParam(defaultValue = "false") boolean unassigned) {
        var filter = InboxFilter.of(unreadOnly, search, window, awaiting, archived, unassigned);
        return Reply.of(inbox.list(new Scope.Everyone(coachId), filter, page));
    }

    @GetMapping("/search")
    Reply<FoundPage> search(
            Admin admin,
            Page page,
            @RequestParam(required = false) @Nullable UUID coachId,
            @Shown(required = true) @RequestParam(required = false) @Nullable String q) {
        var found = search.find(new Scope.Everyone(coachId), q, page);
        audit.record(admin, "conversation.searched", new Subject("coach", coachId));
        return Reply.of(found);
    }

    @GetMapping("/conversation/{contactId}")
    Reply<ThreadPage> thread(Admin admin, @PathVariable UUID contactId, Page page) {
        var thread = inbox.thread(admin.scope(), contactId, page);
        audit.record(admin, "conversation.viewed", new Subject("conversation", contactId));
        return Reply.of(thread);
    }

    @PostMapping("/conversation/{contactId}/assign")
    Reply<Assigned> assign(Admin admin, @PathVariable UUID contactId, @RequestBody AssignRequest request) {
        return Reply.of("Conversation assigned", triage.assign(admin, contactId, request.coach()));
    }

    @PostMapping("/send")
    ResponseEntity<Reply<Sent>> send(
            Admin admin, @RequestBody ReplyRequest request, Patience patience, IdempotencyKey key) {
        return sends.send(admin, request.recipient(), request.draft(), request.options(), patience, key)
                .reply();
    }
}
