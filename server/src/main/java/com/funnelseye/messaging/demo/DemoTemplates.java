package com.funnelseye.messaging.demo;

import com.funnelseye.messaging.templates.NewTemplate;
import com.funnelseye.messaging.templates.TemplateCategory;
import com.funnelseye.messaging.templates.TemplateType;
import com.funnelseye.messaging.templates.Templates;
import com.funnelseye.messaging.templates.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The templates a demo begins with, read from `demo/templates.json`. Seeding again changes nothing.
@Component
class DemoTemplates {

    /// @param coach her e-mail address; null for a global one
    record Seed(
            @Nullable String coach,
            String name,
            String description,
            TemplateCategory category,
            String body,
            List<Variable> variables,
            List<String> tags) {

        NewTemplate template() {
            return new NewTemplate(
                    name, description, TemplateType.WHATSAPP, category, Map.of("body", body), variables, tags);
        }
    }

    private final Templates templates;
    private final JsonMapper json;

    DemoTemplates(Templates templates, JsonMapper json) {
        this.templates = templates;
        this.json = json;
    }

    /// @param coaches ids by e-mail address
    void seed(UUID admin, Map<String, UUID> coaches) {
        for (var seed : read()) {
            var coachId = seed.coach() == null ? null : coaches.get(seed.coach());
            templates.ensure(coachId, coachId == null ? admin : coachId, seed.template());
        }
    }

    private List<Seed> read() {
        try (var seeds = new ClassPathResource("demo/templates.json").getInputStream()) {
            return json.readValue(seeds, new TypeReference<>() {});
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
