package com.funnelseye.messaging.templates;

import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.accounts.Accounts;
import com.funnelseye.messaging.accounts.CoachCard;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.http.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/// Fills templates in for whoever sends them.
@Service
@EnableConfigurationProperties(TemplateSettings.class)
public class Renderer {

    static final int MAX_TEXT = 4_096;

    private final TemplateRepository repository;
    private final Accounts accounts;
    private final TemplateSettings settings;
    private final Clock clock;

    Renderer(TemplateRepository repository, Accounts accounts, TemplateSettings settings, Clock clock) {
        this.repository = repository;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /// The current version of a template within the scope; refused as not found beyond it.
    public TemplateToSend toSend(Scope scope, UUID id) {
        var template = repository.byId(scope, id).orElseThrow(Templates::unknown);
        if (template.type() == TemplateType.EMAIL) {
            throw Refusal.invalid("templateId", "This template is for e-mail and cannot be sent on WhatsApp");
        }
        return TemplateToSend.of(template);
    }

    /// A version that was chosen earlier, whatever became of the template since.
    public TemplateToSend atVersion(UUID id, int version) {
        return repository.atVersion(id, version).map(TemplateToSend::of).orElseThrow(Templates::unknown);
    }

    /// @param lead whose data is used; the sending coach is hers
    /// @param given values that win over the lead's, by parameter name
    public Rendered render(TemplateToSend template, Contact lead, Map<String, ? extends @Nullable String> given) {
        return render(template, valuesOf(lead).with(given));
    }

    /// What one of many is filled in with.
    ///
    /// @param given values by parameter name, in layers: later ones win, and all but `fallbacks` win
    /// over the lead's
    public record Filling(
            Contact lead,
            Map<String, ? extends @Nullable String> fallbacks,
            List<Map<String, ? extends @Nullable String>> given) {}

    /// The same for many leads, in their order. Each coach is looked up once.
    public List<Rendered> renderAll(TemplateToSend template, List<Filling> fillings) {
        var coaches = new HashMap<UUID, Optional<CoachCard>>();
        var now = clock.instant();
        return fillings.stream()
                .map(filling -> {
                    var coachId = filling.lead().coachId();
                    var coach = coachId == null
                            ? null
                            : coaches.computeIfAbsent(coachId, accounts::coach).orElse(null);
                    var values = Values.of(filling.lead(), coach, now, settings).orElse(filling.fallbacks());
                    filling.given().forEach(values::with);
                    return render(template, values);
                })
                .toList();
    }

    /// Whether somebody who sees so far may send this template.
    public boolean isWithin(Scope scope, UUID id) {
        return repository.byId(scope, id).isPresent();
    }

    static Rendered render(TemplateToSend template, Values values) {
        var declared = byName(template.variables());
        var missing = new ArrayList<String>();
        for (var name : Placeholders.in(template.body())) {
            var variable = declared.get(Placeholders.canonical(name));
            if (variable != null && variable.required() && valueOf(variable.name(), values, declared) == null) {
                missing.add(variable.name());
            }
        }
        return missing.isEmpty()
                ? fit(filled(template.body(), values, declared))
                : new Rendered.Incomplete(List.copyOf(missing));
    }

    Values valuesOf(Contact lead) {
        var coachId = lead.coachId();
        var coach = coachId == null ? null : accounts.coach(coachId).orElse(null);
        return Values.of(lead, coach, clock.instant(), settings);
    }

    static String filled(String text, Values values, Map<String, Variable> declared) {
        return Placeholders.filled(text, name -> {
            var value = valueOf(name, values, declared);
            return value == null ? "" : value;
        });
    }

    static @Nullable String valueOf(String name, Values values, Map<String, Variable> declared) {
        var canonical = Placeholders.canonical(name);
        var value = values.of(canonical);
        var variable = declared.get(canonical);
        return value != null || variable == null ? value : variable.fallback();
    }

    static Map<String, Variable> byName(List<Variable> variables) {
        return variables.stream()
                .collect(toMap(variable -> Placeholders.canonical(variable.name()), Function.identity()));
    }

    private static Rendered fit(String text) {
        if (text.isBlank()) {
            return new Rendered.Unfit("Filled in, this template says nothing");
        }
        return text.codePointCount(0, text.length()) > MAX_TEXT
                ? new Rendered.Unfit("Filled in, this template is longer than %d characters".formatted(MAX_TEXT))
                : new Rendered.Complete(text);
    }
}
