package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.accounts.Scope.Everyone;
import com.funnelseye.messaging.contacts.ContactAnalytics.Analytics;
import com.funnelseye.messaging.contacts.Contacts.ContactPage;
import com.funnelseye.messaging.contacts.Contacts.Found;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.http.Shown;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/messaging/admin/contacts")
class AdminContactController {

    private final Contacts contacts;
    private final Leads leads;
    private final ContactAnalytics analytics;
    private final ContactExport exports;

    AdminContactController(Contacts contacts, Leads leads, ContactAnalytics analytics, ContactExport exports) {
        this.contacts = contacts;
        this.leads = leads;
        this.analytics = analytics;
        this.exports = exports;
    }

    @GetMapping
    Reply<ContactPage<AdminContact>> list(
            Admin admin, @RequestParam(required = false) @Nullable UUID coachId, ContactFilter filter, Page page) {
        return Reply.of(contacts.list(new Everyone(coachId), filter, page).as(AdminContact::of));
    }

    @GetMapping("/search")
    Reply<Found<AdminContact>> search(
            Admin admin, @RequestParam(required = false) @Nullable UUID coachId, ContactSearch search) {
        return Reply.of(contacts.search(new Everyone(coachId), search).as(AdminContact::of));
    }

    @GetMapping("/analytics")
    Reply<Analytics> analytics(Admin admin, @RequestParam(required = false) @Nullable UUID coachId) {
        return Reply.of(analytics.of(new Everyone(coachId)));
    }

    @GetMapping(path = "/export", produces = "text/csv")
    void export(
            Admin admin,
            @RequestParam(required = false) @Nullable UUID coachId,
            ContactFilter filter,
            HttpServletResponse response)
            throws IOException {
        exports.toAdmin(admin, new Everyone(coachId), filter, response);
    }

    @GetMapping("/{id}")
    Reply<AdminContact> contact(Admin admin, @PathVariable UUID id) {
        return Reply.of(AdminContact.of(leads.view(admin, id)));
    }

    @PutMapping("/{id}")
    Reply<AdminContact> edit(Admin admin, @PathVariable UUID id, @RequestBody @Shown(as = ContactFields.class) ObjectNode edit) {
        return Reply.of("Contact updated", AdminContact.of(leads.edit(admin, id, edit)));
    }
}
