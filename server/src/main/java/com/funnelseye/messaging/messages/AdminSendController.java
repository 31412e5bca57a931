package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.http.IdempotencyKey;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.messages.MessageController.SendRequest;
import com.funnelseye.messaging.messages.Sends.Sent;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin")
class AdminSendController {

    private final Sends sends;

    AdminSendController(Sends sends) {
        this.sends = sends;
    }

    @PostMapping("/send")
    ResponseEntity<Reply<Sent>> send(
            Admin admin, @RequestBody SendRequest request, Patience patience, IdempotencyKey key) {
        return sends.send(admin, request.recipient(), request.draft(), request.options(), patience, key)
                .reply();
    }
}
