package com.funnelseye.messaging.templates;

import java.util.List;
import java.util.UUID;

/// One version of a template, ready to be rendered for one contact after the other.
public record TemplateToSend(
        UUID id, int version, String name, TemplateCategory category, String body, List<Variable> variables) {

    static TemplateToSend of(Template template) {
        return new TemplateToSend(
                template.id(),
                template.version(),
                template.name(),
                template.category(),
                template.words().body(),
                template.availableVariables());
    }

    /// People who opted out do not get it.
    public boolean isMarketing() {
        return category == TemplateCategory.MARKETING;
    }
}
