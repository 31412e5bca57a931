package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.http.Reply;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/messages/{id}")
class AdminUnconfirmedController {

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
