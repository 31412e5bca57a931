package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.bulk.Bulks.BulkPage;
import com.funnelseye.messaging.bulk.Recipients.RecipientPage;
import com.funnelseye.messaging.http.IdempotencyKey;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.messages.Patience;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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

/// Everyone's bulks, and an admin's own: those cost nothing.
@RestController
@RequestMapping("/api/messaging/admin")
class AdminBulkController {

    private final BulkSends sends;
    private final Bulks bulks;
    private final Recipients recipients;
    private final BulkExport exports;
    private final Audit audit;

    AdminBulkController(BulkSends sends, Bulks bulks, Recipients recipients, BulkExport exports, Audit audit) {
        this.sends = sends;
        this.bulks = bulks;
        this.recipients = recipients;
        this.exports = exports;
        this.audit = audit;
    }

    @PostMapping("/send-bulk")
    ResponseEntity<Reply<BulkResult>> send(Admin admin, @RequestBody BulkRequest request, Patience patience, IdempotencyKey key) {
        return sends.send(admin, request, patience, key).reply();
    }

    @PostMapping("/bulk/check")
    Reply<BulkCheck> check(Admin admin, @RequestBody BulkRequest request) {
        var check = sends.check(admin, request);
        audit.record(admin, "bulk.checked", new Subject("coach", request.coachId()));
        return Reply.of(check);
    }

    @GetMapping("/bulk")
    Reply<BulkPage> list(Admin admin, Page page, @RequestParam(required = false) @Nullable UUID coachId) {
        return Reply.of(bulks.list(new Scope.Everyone(coachId), page));
    }

    @GetMapping("/bulk/{id}")
    Reply<Bulk> progress(Admin admin, @PathVariable UUID id) {
        return Reply.of(bulks.byId(admin.scope(), id));
    }

    @GetMapping("/bulk/{id}/recipients")
    Reply<RecipientPage> recipients(
            Admin admin,
            @PathVariable UUID id,
            Page page,
            @RequestParam(required = false) @Nullable RecipientGroup status) {
        var seen = recipients.list(bulks.byId(admin.scope(), id).bulkId(), status, page);
        audit.record(admin, "bulk.viewed", new Subject("bulk", id));
        return Reply.of(seen);
    }

    @GetMapping("/bulk/{id}/export")
    void export(Admin admin, @PathVariable UUID id, HttpServletResponse response) throws IOException {
        exports.write(admin, id, response);
    }

    @PostMapping("/bulk/{id}/pause")
    Reply<Bulk> pause(Admin admin, @PathVariable UUID id) {
        return Reply.of("Bulk paused", bulks.pause(admin, id));
    }

    @PostMapping("/bulk/{id}/resume")
    Reply<Bulk> resume(Admin admin, @PathVariable UUID id) {
        return Reply.of("Bulk resumed", bulks.resume(admin, id));
    }

    @PostMapping("/bulk/{id}/cancel")
    Reply<Bulk> cancel(Admin admin, @PathVariable UUID id) {
        return Reply.of("Bulk cancelled", bulks.cancel(admin, id));
    }

    @PostMapping("/bulk/{id}/retry-failed")
    ResponseEntity<Reply<BulkResult>> retryFailed(Admin admin, @PathVariable UUID id, Patience patience, IdempotencyKey key) {
        return sends.retryFailed(admin, id, patience, key).reply();
    }
}
