package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.templates.Renderer;
import org.springframework.stereotype.Component;

/// Turns what somebody wants to say into what this contact gets, or refuses it.
@Component
class Composer {

    private final Renderer renderer;

    Composer(Renderer renderer) {
        this.renderer = renderer;
    }

    Composition compose(Contact contact, Draft draft) {
        return switch (draft) {
            case Draft.Text(var text) -> new Composition(MessageType.TEXT, text, null, null);
            case Draft.Media(var link, var caption) -> new Composition(link.kind(), caption, link, null);
            case Draft.FromTemplate template -> filled(contact, template);
        };
    }

    /// The templates of the contact's coach and the global ones are within reach, whoever writes.
    private Composition filled(Contact contact, Draft.FromTemplate draft) {
        var coachId = contact.coachId();
        var scope = new Scope.OwnLeads(coachId == null ? Ids.NOTHING : coachId);
        var template = renderer.toSend(scope, draft.templateId());
        var text = renderer.render(template, contact, draft.parameters()).orRefuse();
        return new Composition(MessageType.TEMPLATE, text, null, template);
    }
}
