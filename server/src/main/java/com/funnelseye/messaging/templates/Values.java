package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.accounts.CoachCard;
import com.funnelseye.messaging.contacts.Contact;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is known for the parameters of one message: of this lead and this coach, and of nobody else. A blank value is
/// none.
final class Values {

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd");
    private static final DateTimeFormatter DATE_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, String> known = new HashMap<>();

    private Values() {}

    /// @param coach who sends; null for a contact nobody has been given yet
    static Values of(Contact lead, @Nullable CoachCard coach, Instant now, TemplateSettings settings) {
        var values = new Values();
        values.readLead(lead);
        values.readQuestions(lead);
        if (coach != null) {
            values.readCoach(coach);
        }
        values.readSystem(now, coach == null ? ZoneOffset.UTC : coach.timeZone(), settings);
        return values;
    }

    /// The documentation's own examples, and those a template declares for variables of its own.
    static Values samples(Iterable<Variable> declared) {
        var values = new Values();
        declared.forEach(variable -> values.put(variable.name(), variable.example()));
        Parameters.all().forEach(parameter -> values.put(parameter.name(), parameter.example()));
        return values;
    }

    /// These win over what is known.
    Values with(Map<String, ? extends @Nullable String> given) {
        given.forEach(this::put);
        return this;
    }

    /// These stand in where nothing is known.
    Values orElse(Map<String, ? extends @Nullable String> fallbacks) {
        fallbacks.forEach((name, value) -> {
            if (!known.containsKey(Placeholders.canonical(name))) {
                put(name, value);
            }
        });
        return this;
    }

    @Nullable
    String of(String canonicalName) {
        return known.get(canonicalName);
    }

    private void readLead(Contact lead) {
        put("lead.name", lead.name());
        put("lead.email", lead.email());
        put("lead.phone", lead.phone());
        put("lead.country", lead.country());
        put("lead.city", lead.city());
        put("lead.status", lead.status());
        put("lead.temperature", lead.temperature());
        put("lead.source", lead.source());
    }

    /// What the lead answered. Also the coach's profile may stand there; the sending coach's own wins over it.
    private void readQuestions(Contact lead) {
        var client = JSON.readTree(lead.clientQuestions());
        var coach = JSON.readTree(lead.coachQuestions());
        Parameters.all().forEach(parameter -> {
            var question = parameter.field().substring(parameter.field().indexOf('.') + 1);
            if (parameter.name().startsWith("client.")) {
                put(parameter.name(), text(client.path(question)));
            } else if (parameter.name().startsWith("coach.")) {
                put(parameter.name(), text(coach.path(parameter.name().substring("coach.".length()))));
            }
        });
    }

    private void readCoach(CoachCard coach) {
        put("coach.fullName", coach.name());
        put("coach.email", coach.email());
        put("coach.whatsapp", coach.whatsapp());
        put("coach.instagram", coach.instagram());
        put("coach.profession", coach.profession());
    }

    private void readSystem(Instant now, ZoneId zone, TemplateSettings settings) {
        put("system.date", DATE.withZone(zone).format(now));
        put("system.time", TIME.withZone(zone).format(now));
        put("system.datetime", DATE_AND_TIME.format(now));
        put("system.company", settings.company());
        put("system.website", settings.website());
    }

    private void put(String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            known.put(Placeholders.canonical(name), value);
        }
    }

    private static @Nullable String text(JsonNode answer) {
        if (answer.isArray()) {
            return String.join(
                    ", ",
                    answer.valueStream()
                            .filter(JsonNode::isValueNode)
                            .map(one -> one.asString(""))
                            .toList());
        }
        return answer.isValueNode() && !answer.isNull() ? answer.asString("") : null;
    }
}
