package com.funnelseye.messaging.templates;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import com.funnelseye.messaging.http.Refusal;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What may be written about a template, checked once. Lengths count characters as people do: code points.
final class TemplateFields {

    static final int MAX_NAME = 200;
    static final int MAX_DESCRIPTION = 1_000;
    static final int MAX_PART = 4_096;
    static final int MAX_PARTS = 10;
    static final int MAX_VARIABLES = 60;
    static final int MAX_TAGS = 20;
    static final int MAX_TAG = 50;
    static final int MAX_REASON = 1_000;
    private static final int MAX_EXAMPLE = 1_000;
    private static final int MAX_NAMES_TOLD = 20;
    private static final int MAX_NAME_TOLD = 64;

    private static final Pattern PART = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,49}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}(\\.[A-Za-z0-9_]{1,64}){0,3}");

    private TemplateFields() {}

    static String name(@Nullable String name) {
        return required("name", name, "Template name is required", MAX_NAME).strip();
    }

    /// An empty one is none.
    static @Nullable String description(@Nullable String description) {
        return description == null || description.isBlank()
                ? null
                : within("description", description.strip(), MAX_DESCRIPTION);
    }

    static String reason(@Nullable String reason) {
        return required("reason", reason, "A reason is required to reject a template", MAX_REASON)
                .strip();
    }

    /// Parts that are null are left out.
    static Map<String, String> content(@Nullable Map<String, ? extends @Nullable String> content) {
        var parts = new LinkedHashMap<String, String>();
        if (content != null) {
            content.forEach((part, text) -> addPart(parts, part, text));
        }
        required("content.body", parts.get(Words.BODY), "Template body is required", MAX_PART);
        if (parts.size() > MAX_PARTS) {
            throw Refusal.invalid("content", "content may have at most %d parts".formatted(MAX_PARTS));
        }
        return Collections.unmodifiableMap(parts);
    }

    private static void addPart(Map<String, String> parts, String part, @Nullable String text) {
        if (!PART.matcher(part).matches()) {
            throw Refusal.invalid("content", "Names of content parts are letters, digits and underscores");
        }
        if (text != null) {
            parts.put(part, within("content." + part, text, MAX_PART));
        }
    }

    static List<Variable> variables(@Nullable List<? extends @Nullable Variable> variables) {
        if (variables == null) {
            return List.of();
        }
        if (variables.size() > MAX_VARIABLES) {
            throw Refusal.invalid(
                    "availableVariables", "availableVariables may have at most %d entries".formatted(MAX_VARIABLES));
        }
        var seen = new HashSet<String>();
        return variables.stream().map(variable -> variable(variable, seen)).toList();
    }

    private static Variable variable(@Nullable Variable variable, Set<String> seen) {
        if (variable == null || !VARIABLE.matcher(variable.name()).matches()) {
            throw Refusal.invalid("availableVariables", "Variables have names like lead.name");
        }
        if (!seen.add(Placeholders.canonical(variable.name()))) {
            throw Refusal.invalid("availableVariables", "%s is declared twice".formatted(variable.name()));
        }
        return new Variable(
                variable.name(),
                optional(variable.name() + ".description", variable.description()),
                optional(variable.name() + ".example", variable.example()),
                variable.required(),
                optional(variable.name() + ".fallback", variable.fallback()));
    }

    static List<String> tags(@Nullable List<? extends @Nullable String> tags) {
        if (tags == null) {
            return List.of();
        }
        if (tags.size() > MAX_TAGS) {
            throw Refusal.invalid("tags", "tags may have at most %d entries".formatted(MAX_TAGS));
        }
        return tags.stream()
                .map(tag ->
                        required("tags", tag, "A tag may not be empty", MAX_TAG).strip())
                .distinct()
                .toList();
    }

    /// A placeholder nobody can fill would reach a customer as a gap, so it is refused while somebody can correct it.
    static void requireKnownNames(Map<String, String> content, List<Variable> variables) {
        var declared = variables.stream()
                .map(variable -> Placeholders.canonical(variable.name()))
                .collect(toSet());
        content.forEach((part, text) -> {
            var unknown = Placeholders.in(text).stream()
                    .filter(name -> !declared.contains(Placeholders.canonical(name))
                            && !Parameters.BY_NAME.containsKey(Placeholders.canonical(name)))
                    .toList();
            if (!unknown.isEmpty()) {
                throw Refusal.invalid("content." + part, "Unknown template variables: " + told(unknown));
            }
        });
    }

    static String told(Collection<String> names) {
        var shown = names.stream().limit(MAX_NAMES_TOLD).map(name -> name.isEmpty() ? "{{}}" : shortened(name));
        var more = names.size() > MAX_NAMES_TOLD ? Stream.of("…") : Stream.<String>empty();
        return Stream.concat(shown, more).collect(joining(", "));
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= MAX_NAME_TOLD
                ? name
                : name.substring(0, name.offsetByCodePoints(0, MAX_NAME_TOLD)) + "…";
    }

    private static @Nullable String optional(String field, @Nullable String text) {
        return text == null ? null : within("availableVariables." + field, text, MAX_EXAMPLE);
    }

    private static String required(String field, @Nullable String text, String missing, int max) {
        if (text == null || text.isBlank()) {
            throw Refusal.invalid(field, missing);
        }
        return within(field, text, max);
    }

    private static String within(String field, String text, int max) {
        if (text.codePointCount(0, text.length()) > max) {
            throw Refusal.invalid(field, "%s must be at most %d characters".formatted(field, max));
        }
        return text;
    }
}
