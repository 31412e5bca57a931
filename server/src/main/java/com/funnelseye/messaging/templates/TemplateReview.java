package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.accounts.Caller.Coach;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// A coach offers a template to everyone, an admin decides. What everyone gets is a copy, so that her later edits stay
/// her own.
@Service
class TemplateReview {

    /// @param globalTemplate the copy everyone sees from now on
    record Approval(Template template, Template globalTemplate) {}

    private final Templates templates;
    private final TemplateRepository repository;
    private final Clock clock;

    TemplateReview(Templates templates, TemplateRepository repository, Clock clock) {
        this.templates = templates;
        this.repository = repository;
        this.clock = clock;
    }

    /// Saying it twice changes nothing.
    @Transactional
    Template submit(Coach coach, UUID id) {
        var template = templates.editable(coach, id);
        if (template.status() == TemplateStatus.APPROVED) {
            throw NotPending.toSubmit(template.status());
        }
        repository.move(id, TemplateStatus.PENDING, null, clock.instant());
        return templates.byId(coach.scope(), id);
    }

    @Transactional
    Approval approve(Admin admin, UUID id) {
        var template = pending(admin, id);
        repository.move(id, TemplateStatus.APPROVED, null, clock.instant());
        var copy = templates.add(null, admin.id(), NewTemplate.like(template, template.name()), id);
        templates.note(admin, "template.approved", id, Map.of("version", template.version(), "globalTemplateId", copy));
        return new Approval(templates.byId(admin.scope(), id), templates.byId(admin.scope(), copy));
    }

    @Transactional
    Template reject(Admin admin, UUID id, String reason) {
        var template = pending(admin, id);
        repository.move(id, TemplateStatus.REJECTED, reason, clock.instant());
        templates.note(admin, "template.rejected", id, Map.of("version", template.version()));
        return templates.byId(admin.scope(), id);
    }

    private Template pending(Admin admin, UUID id) {
        var template = templates.editable(admin, id);
        if (template.status() != TemplateStatus.PENDING) {
            throw NotPending.toDecide(template.status());
        }
        return template;
    }
}
