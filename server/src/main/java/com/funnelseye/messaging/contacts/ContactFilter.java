package com.funnelseye.messaging.contacts;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which contacts of a list are wanted.
///
/// @param search words that must all occur in name, email or phone digits; shorter than 2 characters it is ignored
record ContactFilter(@Nullable String search, @Nullable String status) {

    static final int MIN_SEARCH_CHARS = 2;
    private static final Pattern PHONE_LIKE = Pattern.compile("\\+?[\\d\\s().\\-/]*\\d");

    boolean isEmpty() {
        return status == null && patterns().length == 0;
    }

    /// `LIKE` patterns, one a word, with wildcards taken literally. The database folds case and accents of both sides.
    String[] patterns() {
        var text = search == null ? "" : search.strip();
        if (text.length() < MIN_SEARCH_CHARS) {
            return new String[0];
        }
        if (PHONE_LIKE.matcher(text).matches()) {
            return new String[] {"%" + text.replaceAll("\\D", "") + "%"};
        }
        return Arrays.stream(text.split("\\s+"))
                .map(word -> "%" + word.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .toArray(String[]::new);
    }
}
