package com.funnelseye.messaging.audit;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.audit.AuditLog.EntryPage;
import com.funnelseye.messaging.audit.AuditLog.Filter;
import com.funnelseye.messaging.audit.Verification.Head;
import com.funnelseye.messaging.audit.Verification.Verdict;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Reply;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/audit")
class AdminAuditController {

    private final AuditLog log;
    private final Verification verification;

    AdminAuditController(AuditLog log, Verification verification) {
        this.log = log;
        this.verification = verification;
    }

    @GetMapping
    Reply<EntryPage> list(
            Admin admin,
            @RequestParam(required = false) @Nullable UUID actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String subjectKind,
            @RequestParam(required = false) @Nullable UUID subjectId,
            Period period,
            Page page) {
        return Reply.of(log.list(new Filter(actor, action, subjectKind, subjectId), period, page));
    }

    /// `position` and `hash`, both or none: a head noted earlier, which must still be in the chain.
    @GetMapping("/verify")
    Reply<Verdict> verify(
            Admin admin,
            @RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String hash) {
        return Reply.of(verification.verify(noted(position, hash)));
    }

    private static @Nullable Head noted(@Nullable Long position, @Nullable String hash) {
        if (position == null && hash == null) {
            return null;
        }
        if (position == null || position < 1) {
            throw Refusal.invalid("position", "position must be the whole number that was noted with the hash");
        }
        if (hash == null || !hash.matches("[0-9a-fA-F]{64}")) {
            throw Refusal.invalid("hash", "hash must be the 64 hexadecimal digits that were noted with the position");
        }
        return new Head(position, hash);
    }
}
