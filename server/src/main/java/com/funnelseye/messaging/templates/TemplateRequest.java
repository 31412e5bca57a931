package com.funnelseye.messaging.templates;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A template as a client writes it. What an update leaves out stays as it is.
record TemplateRequest(
        @Nullable String name,
        @Nullable String description,
        @Nullable TemplateType type,
        @Nullable TemplateCategory category,
        @Nullable Map<String, @Nullable String> content,
        @Nullable List<@Nullable Declared> availableVariables,
        @Nullable List<@Nullable String> tags) {

    record Declared(
            @Nullable String name,
            @Nullable String description,
            @Nullable String example,
            @Nullable Boolean required,
            @Nullable String fallback) {

        Variable variable() {
            var given = name == null ? "" : name.strip();
            return new Variable(given, description, example, Boolean.TRUE.equals(required), fallback);
        }
    }

    NewTemplate template() {
        return new NewTemplate(
                TemplateFields.name(name),
                description,
                type == null ? TemplateType.WHATSAPP : type,
                category == null ? TemplateCategory.CUSTOM : category,
                TemplateFields.content(content),
                variables(List.of()),
                TemplateFields.tags(tags));
    }

    NewTemplate over(Template before) {
        return new NewTemplate(
                name == null ? before.name() : name,
                description == null ? before.description() : description,
                type == null ? before.type() : type,
                category == null ? before.category() : category,
                content == null ? before.content() : TemplateFields.content(content),
                variables(before.availableVariables()),
                tags == null ? before.tags() : TemplateFields.tags(tags));
    }

    private List<Variable> variables(List<Variable> otherwise) {
        return availableVariables == null
                ? otherwise
                : availableVariables.stream()
                        .map(declared ->
                                declared == null ? new Variable("", null, null, false, null) : declared.variable())
                        .toList();
    }
}
