package com.funnelseye.messaging.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer as a guide shows it: JSON and the status on a line of its own. `…` stands for any text, alone for any
/// single value, as a key for further fields, as a last element for further rows.
record Shown(JsonNode body, int status) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ANY = "…";

    static Shown parse(String text) {
        var lines = text.strip();
        var last = lines.lastIndexOf('\n');
        return new Shown(JSON.readTree(lines.substring(0, last)), Integer.parseInt(lines.substring(last + 1)));
    }

    /// Where what was printed is not what is shown.
    List<String> differencesIn(String printed) {
        var answer = parse(printed);
        var differences = new ArrayList<String>();
        if (answer.status != status) {
            differences.add("status %d instead of %d".formatted(answer.status, status));
        }
        compare("", body, answer.body, differences);
        return differences;
    }

    private static void compare(String at, JsonNode shown, JsonNode answer, List<String> differences) {
        if (shown.isObject() && answer.isObject()) {
            compareFields(at, shown, answer, differences);
        } else if (shown.isArray() && answer.isArray()) {
            compareRows(at, shown, answer, differences);
        } else if (!matches(shown, answer)) {
            differences.add("%s is %s instead of %s".formatted(at, answer, shown));
        }
    }

    private static void compareFields(String at, JsonNode shown, JsonNode answer, List<String> differences) {
        for (var field : shown.properties()) {
            if (!field.getKey().equals(ANY)) {
                compare(at + "." + field.getKey(), field.getValue(), answer.path(field.getKey()), differences);
            }
        }
        if (!shown.has(ANY)) {
            answer.propertyNames().stream()
                    .filter(name -> !shown.has(name))
                    .forEach(name -> differences.add("%s.%s is not shown".formatted(at, name)));
        }
    }

    private static void compareRows(String at, JsonNode shown, JsonNode answer, List<String> differences) {
        var open = !shown.isEmpty() && shown.get(shown.size() - 1).asString("").equals(ANY);
        var rows = open ? shown.size() - 1 : shown.size();
        if (answer.size() < rows || (answer.size() > rows && !open)) {
            differences.add("%s has %d rows instead of %d".formatted(at, answer.size(), rows));
        }
        for (var row = 0; row < Math.min(rows, answer.size()); row++) {
            compare("%s[%d]".formatted(at, row), shown.get(row), answer.get(row), differences);
        }
    }

    private static boolean matches(JsonNode shown, JsonNode answer) {
        if (!shown.isString() || !shown.asString().contains(ANY)) {
            return shown.equals(answer);
        }
        return answer.isValueNode() && !answer.isNull() && isLike(shown.asString(), answer.asString());
    }

    /// The same text, where `…` stands for any other.
    static boolean isLike(String shown, String printed) {
        var wanted = Stream.of(shown.split(ANY, -1)).map(Pattern::quote).collect(Collectors.joining(".+"));
        return printed.matches("(?s)" + wanted);
    }
}
