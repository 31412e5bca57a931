package com.funnelseye.messaging.templates;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// `{{ lead.name }}` in a text. Names are told apart without regard to case or surrounding spaces.
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)\\}\\}");

    private Placeholders() {}

    static String canonical(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /// Names as they are written, each once, in order.
    static Set<String> in(String text) {
        var seen = new LinkedHashSet<String>();
        var names = new LinkedHashSet<String>();
        for (var matcher = PLACEHOLDER.matcher(text); matcher.find(); ) {
            var name = matcher.group(1).strip();
            if (seen.add(canonical(name))) {
                names.add(name);
            }
        }
        return names;
    }

    /// One pass over the original text: a value that looks like a placeholder stays as it is, and so do `$` and `\`.
    ///
    /// @param values the value of a canonical name
    static String filled(String text, UnaryOperator<String> values) {
        var filled = new StringBuilder(text.length());
        var end = 0;
        for (var matcher = PLACEHOLDER.matcher(text); matcher.find(); end = matcher.end()) {
            filled.append(text, end, matcher.start()).append(values.apply(canonical(matcher.group(1))));
        }
        return filled.append(text, end, text.length()).toString();
    }
}
