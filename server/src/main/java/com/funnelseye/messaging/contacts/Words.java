package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.http.Refusal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody searches for. Every word must occur in name, email or phone digits; the database folds case and
/// accents of both sides and takes wildcards literally.
///
/// @param all without phone punctuation; a word of one letter comes with the space before it, so it must begin a word
record Words(List<String> all) {

    static final int MIN_CHARS = 2;
    static final int MAX_CHARS = 200;
    static final int MAX_WORDS = 10;

    private static final Pattern PHONE_LIKE = Pattern.compile("\\+?[\\d\\s\\u00A0\\u202F().\\-/+]*\\d[)\\s.\\-/]*");
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    /// Three letters or digits in a row are the least that trigrams find.
    private static final Pattern HAS_A_TRIGRAM = Pattern.compile("[A-Za-z0-9]{3}");

    /// National numbers begin with a 0 that international ones lack; shorter digits may be any part of a number.
    private static final int MIN_WHOLE_NUMBER = 7;

    /// For a list: what is too short to search for is ignored.
    static Words of(String field, @Nullable String typed) {
        var text = typed == null ? "" : typed.strip();
        if (text.length() > MAX_CHARS) {
            throw Refusal.invalid(field, "%s may have at most %d characters".formatted(field, MAX_CHARS));
        }
        if (text.codePointCount(0, text.length()) < MIN_CHARS) {
            return new Words(List.of());
        }
        if (PHONE_LIKE.matcher(text).matches()) {
            return new Words(List.of(beginning(digits(text))));
        }
        return new Words(Arrays.stream(SPACE.split(text))
                .map(word -> PHONE_LIKE.matcher(word).matches() ? digits(word) : word)
                .map(Words::beginning)
                .distinct()
                .limit(MAX_WORDS)
                .toList());
    }

    /// For a search: what is too short is refused.
    static Words required(String field, @Nullable String typed) {
        var words = of(field, typed);
        if (words.isEmpty()) {
            throw Refusal.invalid(field, "%s must have at least %d characters".formatted(field, MIN_CHARS));
        }
        return words;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// The word to look up in an index, null when there is none: the longest is likely to be the rarest.
    @Nullable
    String rarest() {
        return all.stream().max(Comparator.comparingInt(String::length)).orElse(null);
    }

    String[] others() {
        return all.stream().filter(word -> !word.equals(rarest())).toArray(String[]::new);
    }

    /// Trigrams find [#rarest]; otherwise its letter pairs must.
    boolean haveTrigram() {
        var rarest = rarest();
        return rarest != null && HAS_A_TRIGRAM.matcher(rarest).find();
    }

    private static String beginning(String word) {
        return word.codePointCount(0, word.length()) == 1 ? " " + word : word;
    }

    private static String digits(String phone) {
        var digits = phone.replace("(0)", "").replaceAll("\\D", "");
        return digits.length() < MIN_WHOLE_NUMBER ? digits : digits.replaceFirst("^0+(?=\\d)", "");
    }
}
