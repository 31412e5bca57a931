package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Reply;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/messages/{id}")
class AdminUnconfirmedController {

    private static final int MAX_REASON_CHARS = 500;

    /// Why an operator decides so; kept in the audit.
    record Decision(@Nullable String reason) {

        String given() {
            if (reason == null || reason.isBlank()) {
                throw Refusal.invalid("reason", "reason is required");
            }
            if (reason.codePointCount(0, reason.length()) > MAX_REASON_CHARS) {
                throw Refusal.invalid("reason", "reason must be at most %d characters".formatted(MAX_REASON_CHARS));
            }
            return reason.strip();
        }
    }

    private final Unconfirmed unconfirmed;

    AdminUnconfirmedController(Unconfirmed unconfirmed) {
        this.unconfirmed = unconfirmed;
    }

    @PostMapping("/resend")
    Reply<Message> resend(Admin admin, @PathVariable UUID id, @RequestBody Decision decision) {
        return Reply.of("One more attempt will be made", unconfirmed.resend(admin, id, decision.given()));
    }

    @PostMapping("/abandon")
    Reply<Message> abandon(Admin admin, @PathVariable UUID id, @RequestBody Decision decision) {
        return Reply.of("Message abandoned", unconfirmed.abandon(admin, id, decision.given()));
    }
}
