package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.accounts.Caller.Coach;
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

@RestController
@RequestMapping("/api/messaging")
class BulkController {

    private final BulkSends sends;
    private final Bulks bulks;
    private final Recipients recipients;
    private final BulkExport exports;

    BulkController(BulkSends sends, Bulks bulks, Recipients recipients, BulkExport exports) {
        this.sends = sends;
        this.bulks = bulks;
        this.recipients = recipients;
        this.exports = exports;
    }

    @PostMapping("/send-bulk")
    ResponseEntity<Reply<BulkResult>> send(Coach coach, @RequestBody BulkRequest request, Patience patience, IdempotencyKey key) {
        return sends.send(coach, request, patience, key).reply();
    }

    @PostMapping("/bulk/check")
    Reply<BulkCheck> check(Coach coach, @RequestBody BulkRequest request) {
        return Reply.of(sends.check(coach, request));
    }

    @GetMapping("/bulk")
    Reply<BulkPage> list(Coach coach, Page page) {
        return Reply.of(bulks.list(coach.scope(), page));
    }

    @GetMapping("/bulk/{id}")
    Reply<Bulk> progress(Coach coach, @PathVariable UUID id) {
        return Reply.of(bulks.byId(coach.scope(), id));
    }

    @GetMapping("/bulk/{id}/recipients")
    Reply<RecipientPage> recipients(
            Coach coach,
            @PathVariable UUID id,
            Page page,
            @RequestParam(required = false) @Nullable RecipientGroup status) {
        return Reply.of(recipients.list(bulks.byId(coach.scope(), id).bulkId(), status, page));
    }

    @GetMapping("/bulk/{id}/export")
    void export(Coach coach, @PathVariable UUID id, HttpServletResponse response) throws IOException {
        exports.write(coach, id, response);
    }

    @PostMapping("/bulk/{id}/pause")
    Reply<Bulk> pause(Coach coach, @PathVariable UUID id) {
        return Reply.of("Bulk paused", bulks.pause(coach, id));
    }

    @PostMapping("/bulk/{id}/resume")
    Reply<Bulk> resume(Coach coach, @PathVariable UUID id) {
        return Reply.of("Bulk resumed", bulks.resume(coach, id));
    }

    @PostMapping("/bulk/{id}/cancel")
    Reply<Bulk> cancel(Coach coach, @PathVariable UUID id) {
        return Reply.of("Bulk cancelled", bulks.cancel(coach, id));
    }

    @PostMapping("/bulk/{id}/retry-failed")
    ResponseEntity<Reply<BulkResult>> retryFailed(Coach coach, @PathVariable UUID id, Patience patience, IdempotencyKey key) {
        return sends.retryFailed(coach, id, patience, key).reply();
    }
}
