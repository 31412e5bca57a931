package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.http.Shown;
import com.funnelseye.messaging.templates.Parameters.ParameterList;
import com.funnelseye.messaging.templates.Previews.Preview;
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
@RequestMapping("/api/messaging/templates")
class TemplateController {

    private final Templates templates;
    private final TemplateReview review;
    private final Previews previews;

    TemplateController(Templates templates, TemplateReview review, Previews previews) {
        this.templates = templates;
        this.review = review;
        this.previews = previews;
    }

    @GetMapping
    Reply<TemplatePage> list(
            Coach coach,
            Page page,
            @Shown(as = TemplateType.class) @RequestParam(required = false) @Nullable String type,
            @Shown(as = TemplateCategory.class) @RequestParam(required = false) @Nullable String category,
            @Shown(as = TemplateStatus.class) @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String search) {
        var filter = TemplateFilter.of(type, category, status, search);
        return Reply.of(templates.list(coach.scope(), filter, page));
    }

    @GetMapping("/parameters")
    Reply<ParameterList> parameters(Coach coach) {
        return Reply.of(ParameterList.ALL);
    }

    @PostMapping
    Reply<Template> create(Coach coach, @RequestBody TemplateRequest request) {
        return Reply.of("Template created", templates.create(coach, request.template()));
    }

    @GetMapping("/{id}")
    Reply<Template> byId(Coach coach, @PathVariable UUID id) {
        return Reply.of(templates.byId(coach.scope(), id));
    }

    @PutMapping("/{id}")
    Reply<Template> update(Coach coach, @PathVariable UUID id, @RequestBody TemplateRequest request) {
        return Reply.of("Template updated", templates.update(coach, id, request));
    }

    @DeleteMapping("/{id}")
    Reply<Void> delete(Coach coach, @PathVariable UUID id) {
        templates.delete(coach, id);
        return Reply.done("Template deleted");
    }

    @PostMapping("/{id}/duplicate")
    Reply<Template> duplicate(Coach coach, @PathVariable UUID id) {
        return Reply.of("Template duplicated", templates.duplicate(coach, id));
    }

    @PostMapping("/{id}/submit")
    Reply<Template> submit(Coach coach, @PathVariable UUID id) {
        return Reply.of("Template submitted for approval", review.submit(coach, id));
    }

    @GetMapping("/{id}/versions")
    Reply<VersionPage> versions(Coach coach, @PathVariable UUID id, Page page) {
        return Reply.of(templates.versions(coach.scope(), id, page));
    }

    @PostMapping("/{id}/versions/{version}/restore")
    Reply<Template> restore(Coach coach, @PathVariable UUID id, @PathVariable int version) {
        return Reply.of("Template version restored", templates.restore(coach, id, version));
    }

    @GetMapping("/{id}/preview")
    Reply<Preview> preview(Coach coach, @PathVariable UUID id, @RequestParam(required = false) @Nullable UUID leadId) {
        return Reply.of(previews.of(coach, id, leadId));
    }
}
