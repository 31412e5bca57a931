package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.contacts.Contacts;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// How a template would read: with the documentation's sample values, or for one lead.
@Service
class Previews {

    record Head(UUID id, String name, @Nullable String description, TemplateType type, TemplateCategory category) {}

    /// @param sampleData every value that is known, by parameter name
    /// @param missingVariables names the template uses and nothing is known for
    record Preview(
            Head template,
            Map<String, String> sampleData,
            Map<String, String> renderedContent,
            List<Variable> availableVariables,
            List<String> missingVariables) {}

    private final Templates templates;
    private final Renderer renderer;
    private final Contacts contacts;
    private final Audit audit;

    Previews(Templates templates, Renderer renderer, Contacts contacts, Audit audit) {
        this.templates = templates;
        this.renderer = renderer;
        this.contacts = contacts;
        this.audit = audit;
    }

    /// An admin who looks at a lead's data leaves a trace.
    @Transactional
    Preview of(Caller caller, UUID id, @Nullable UUID leadId) {
        var template = templates.byId(caller.scope(), id);
        if (leadId == null) {
            return preview(template, Values.samples(template.availableVariables()));
        }
        var lead = contacts.byId(caller.scope(), leadId);
        if (caller instanceof Caller.Admin) {
            audit.record(caller, "template.previewed", new Audit.Subject("contact", leadId));
        }
        return preview(template, renderer.valuesOf(lead));
    }

    private static Preview preview(Template template, Values values) {
        var declared = Renderer.byName(template.availableVariables());
        var used = used(template);
        var known = new LinkedHashMap<String, String>();
        Stream.concat(
                        Parameters.all().map(Parameter::name),
                        declared.values().stream().map(Variable::name))
                .forEach(name -> putKnown(known, name, values.of(Placeholders.canonical(name))));
        var rendered = new LinkedHashMap<String, String>();
        template.content().forEach((part, text) -> rendered.put(part, Renderer.filled(text, values, declared)));
        var missing = used.stream()
                .filter(name -> Renderer.valueOf(name, values, declared) == null)
                .toList();
        return new Preview(head(template), known, rendered, template.availableVariables(), missing);
    }

    /// Each name once, in the order of the parts.
    private static SequencedCollection<String> used(Template template) {
        var all = String.join("\n", template.content().values());
        return new LinkedHashSet<>(Placeholders.in(all));
    }

    private static void putKnown(Map<String, String> known, String name, @Nullable String value) {
        if (value != null && known.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
            known.put(name, value);
        }
    }

    private static Head head(Template template) {
        return new Head(template.id(), template.name(), template.description(), template.type(), template.category());
    }
}
