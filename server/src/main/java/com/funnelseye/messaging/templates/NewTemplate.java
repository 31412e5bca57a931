package com.funnelseye.messaging.templates;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a template is to be, checked: names in its parts are known or declared, and all of it is within limits.
///
/// @param content `body`, and perhaps `subject` and other parts
public record NewTemplate(
        String name,
        @Nullable String description,
        TemplateType type,
        TemplateCategory category,
        Map<String, String> content,
        List<Variable> availableVariables,
        List<String> tags) {

    public NewTemplate {
        name = TemplateFields.name(name);
        description = TemplateFields.description(description);
        content = TemplateFields.content(content);
        availableVariables = TemplateFields.variables(availableVariables);
        tags = TemplateFields.tags(tags);
        TemplateFields.requireKnownNames(content, availableVariables);
    }

    static NewTemplate like(Template template, String name) {
        return new NewTemplate(
                name,
                template.description(),
                template.type(),
                template.category(),
                template.content(),
                template.availableVariables(),
                template.tags());
    }

    Words words() {
        return new Words(content, availableVariables);
    }
}
