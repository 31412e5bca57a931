package com.funnelseye.messaging.conversations;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.conversations.Erasures.Erased;
import com.funnelseye.messaging.http.Reply;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/contacts/{id}")
class AdminErasureController {

    private final Erasures erasures;

    AdminErasureController(Erasures erasures) {
        this.erasures = erasures;
    }

    @PostMapping("/erase")
    Reply<Erased> erase(Admin admin, @PathVariable UUID id) {
        return Reply.of("Contact erased", erasures.erase(admin, id));
    }
}
