package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.messages.SendingHold.Hold;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/sending")
class AdminSendingController {

    private final SendingHold hold;

    AdminSendingController(SendingHold hold) {
        this.hold = hold;
    }

    @GetMapping
    Reply<Hold> state(Admin admin) {
        return Reply.of(hold.state());
    }

    @PostMapping("/release")
    Reply<Hold> release(Admin admin, @RequestBody Decision decision) {
        return Reply.of("Sending goes on", hold.release(admin, decision.given()));
    }
}
