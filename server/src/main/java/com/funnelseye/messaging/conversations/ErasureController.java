package com.funnelseye.messaging.conversations;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.conversations.Erasures.Erased;
import com.funnelseye.messaging.http.Reply;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/contacts/{id}")
class ErasureController {

    private final Erasures erasures;

    ErasureController(Erasures erasures) {
        this.erasures = erasures;
    }

    @PostMapping("/erase")
    Reply<Erased> erase(Coach coach, @PathVariable UUID id) {
        return Reply.of("Contact erased", erasures.erase(coach, id));
    }
}
