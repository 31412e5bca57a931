package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.contacts.Contacts.ContactPage;
import com.funnelseye.messaging.contacts.Contacts.Found;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.http.Shown;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/messaging/contacts")
class ContactController {

    private final Contacts contacts;
    private final Leads leads;

    ContactController(Contacts contacts, Leads leads) {
        this.contacts = contacts;
        this.leads = leads;
    }

    @GetMapping
    Reply<ContactPage<Contact>> list(Coach coach, ContactFilter filter, Page page) {
        return Reply.of(contacts.list(coach.scope(), filter, page));
    }

    @GetMapping("/search")
    Reply<Found<Contact>> search(Coach coach, ContactSearch search) {
        return Reply.of(contacts.search(coach.scope(), search));
    }

    @GetMapping("/{id}")
    Reply<Contact> contact(Coach coach, @PathVariable UUID id) {
        return Reply.of(contacts.byId(coach.scope(), id));
    }

    @PostMapping
    Reply<Contact> add(Coach coach, @RequestBody @Shown(as = ContactFields.class) ObjectNode contact) {
        return Reply.of("Contact created", leads.add(coach, contact));
    }

    @PutMapping("/{id}")
    Reply<Contact> edit(Coach coach, @PathVariable UUID id, @RequestBody @Shown(as = ContactFields.class) ObjectNode edit) {
        return Reply.of("Contact updated", leads.edit(coach, id, edit));
    }

    @DeleteMapping("/{id}")
    Reply<Void> delete(Coach coach, @PathVariable UUID id) {
        leads.delete(coach, id);
        return Reply.done("Contact deleted");
    }
}
