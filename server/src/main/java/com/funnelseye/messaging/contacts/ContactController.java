package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.contacts.Contacts.ContactPage;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Reply;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/contacts")
class ContactController {

    private final Contacts contacts;

    ContactController(Contacts contacts) {
        this.contacts = contacts;
    }

    @GetMapping
    Reply<ContactPage> list(
            Coach coach,
            Page page,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable String status) {
        return Reply.of(contacts.list(coach.scope(), new ContactFilter(search, status), page));
    }
}
