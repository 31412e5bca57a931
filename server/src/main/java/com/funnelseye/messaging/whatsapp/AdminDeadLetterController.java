package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.whatsapp.DeadLetters.LetterPage;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/dead-letters")
class AdminDeadLetterController {

    private final DeadLetters letters;

    AdminDeadLetterController(DeadLetters letters) {
        this.letters = letters;
    }

    @GetMapping
    Reply<LetterPage> list(Admin admin, Page page) {
        return Reply.of(letters.list(page));
    }

    @PostMapping("/{id}/replay")
    Reply<Void> replay(Admin admin, @PathVariable UUID id) {
        letters.replay(admin, id);
        return Reply.done("The event will be read again");
    }
}
