package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.http.Shown;
import com.funnelseye.messaging.templates.Parameters.ParameterList;
import com.funnelseye.messaging.templates.Previews.Preview;
import com.funnelseye.messaging.templates.TemplateReview.Approval;
import com.funnelseye.messaging.templates.Templates.TemplatePage;
import com.funnelseye.messaging.templates.Templates.VersionPage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/templates")
class AdminTemplateController {

    record Rejection(@Shown(required = true) @Nullable String reason) {}

    private final Templates templates;
    private final TemplateReview review;
    private final Previews previews;

    AdminTemplateController(Templates templates, TemplateReview review, Previews previews) {
        this.templates = templates;
        this.review = review;
        this.previews = previews;
    }

    @GetMapping
    Reply<TemplatePage> list(
            Admin admin,
            Page page,
            @RequestParam(required = false) @Nullable UUID coachId,
            @Shown(as = TemplateType.class) @RequestParam(required = false) @Nullable String type,
            @Shown(as = TemplateCategory.class) @RequestParam(required = false) @Nullable String category,
            @Shown(as = TemplateStatus.class) @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String search) {
        var filter = TemplateFilter.of(type, category, status, search);
        return Reply.of(templates.list(new Scope.Everyone(coachId), filter, page));
    }

    @GetMapping("/parameters")
    Reply<ParameterList> parameters(Admin admin) {
        return Reply.of(ParameterList.ALL);
    }

    @PostMapping
    Reply<Template> create(Admin admin, @RequestBody TemplateRequest request) {
        return Reply.of("Template created", templates.create(admin, request.template()));
    }

    @GetMapping("/{id}")
    Reply<Template> byId(Admin admin, @PathVariable UUID id) {
        return Reply.of(templates.byId(admin.scope(), id));
    }

    @PutMapping("/{id}")
    Reply<Template> update(Admin admin, @PathVariable UUID id, @RequestBody TemplateRequest request) {
        return Reply.of("Template updated", templates.update(admin, id, request));
    }

    @DeleteMapping("/{id}")
    Reply<Void> delete(Admin admin, @PathVariable UUID id) {
        templates.delete(admin, id);
        return Reply.done("Template deleted");
    }

    @PostMapping("/{id}/approve")
    Reply<Approval> approve(Admin admin, @PathVariable UUID id) {
        return Reply.of("Template approved", review.approve(admin, id));
    }

    @PostMapping("/{id}/reject")
    Reply<Template> reject(Admin admin, @PathVariable UUID id, @RequestBody Rejection rejection) {
        var reason = TemplateFields.reason(rejection.reason());
        return Reply.of("Template rejected", review.reject(admin, id, reason));
    }

    @GetMapping("/{id}/versions")
    Reply<VersionPage> versions(Admin admin, @PathVariable UUID id, Page page) {
        return Reply.of(templates.versions(admin.scope(), id, page));
    }

    @PostMapping("/{id}/versions/{version}/restore")
    Reply<Template> restore(Admin admin, @PathVariable UUID id, @PathVariable int version) {
        return Reply.of("Template version restored", templates.restore(admin, id, version));
    }

    @GetMapping("/{id}/preview")
    Reply<Preview> preview(Admin admin, @PathVariable UUID id, @RequestParam(required = false) @Nullable UUID leadId) {
        return Reply.of(previews.of(admin, id, leadId));
    }
}
