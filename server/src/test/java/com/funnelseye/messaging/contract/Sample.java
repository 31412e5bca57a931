package com.funnelseye.messaging.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A sample of the specification, from `src/test/resources/spec`.
record Sample(String name, JsonNode json) {

    private static final JsonMapper JSON = new JsonMapper();

    static Sample named(String name) {
        try {
            var text = new ClassPathResource("spec/" + name + ".json").getContentAsString(StandardCharsets.UTF_8);
            return new Sample(name, JSON.readTree(text));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The sample's text with other ids in place of its own.
    String with(String... replacements) {
        var text = json.toString();
        for (var i = 0; i < replacements.length; i += 2) {
            if (!text.contains(replacements[i])) {
                throw new IllegalArgumentException(name + " has no " + replacements[i]);
            }
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return text;
    }

    /// Where an answer lacks a key of the sample, or has a value of another type. Each element of a list is held
    /// against the sample's first; a list the sample fills must not be empty. `maybeNull`: keys that may be null.
    List<String> missingIn(String answer, Set<String> maybeNull) {
        var missing = new ArrayList<String>();
        compare("", json, JSON.readTree(answer), maybeNull, missing);
        return missing;
    }

    private static void compare(
            String at, JsonNode sample, JsonNode answer, Set<String> maybeNull, List<String> missing) {
        if (answer.isNull() && maybeNull.contains(at.substring(at.lastIndexOf('.') + 1))) {
            return;
        }
        if (sample.getNodeType() != answer.getNodeType()) {
            missing.add("%s is %s instead of %s".formatted(at, answer.getNodeType(), sample.getNodeType()));
            return;
        }
        sample.forEachEntry((key, value) -> compare(at + "." + key, value, answer.path(key), maybeNull, missing));
        if (sample.isArray() && !sample.isEmpty()) {
            if (answer.isEmpty()) {
                missing.add(at + " is empty");
            }
            answer.forEach(element -> compare(at + "[]", sample.get(0), element, maybeNull, missing));
        }
    }

    /// Where an answer differs from the sample in a key the sample has.
    List<String> differencesIn(String answer) {
        var differences = new ArrayList<String>();
        differ("", json, JSON.readTree(answer), differences);
        return differences;
    }

    private static void differ(String at, JsonNode sample, JsonNode answer, List<String> differences) {
        if (sample.isObject()) {
            sample.forEachEntry((key, value) -> differ(at + "." + key, value, answer.path(key), differences));
        } else if (!sample.equals(answer)) {
            differences.add("%s is %s instead of %s".formatted(at, answer, sample));
        }
    }
}
