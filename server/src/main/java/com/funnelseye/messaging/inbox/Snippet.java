package com.funnelseye.messaging.inbox;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// The part of a text around the words that were looked for, whatever their case and accents.
final class Snippet {

    private static final int BEFORE_CHARS = 40;
    private static final int LENGTH_CHARS = 120;
    private static final String ELLIPSIS = "…";
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}");

    private Snippet() {}

    /// The beginning, should the database have found what this does not.
    static String of(String text, String words) {
        var begin = floor(text, Math.max(0, indexOf(text, words) - BEFORE_CHARS));
        var end = floor(text, Math.min(text.length(), begin + LENGTH_CHARS));
        return (begin > 0 ? ELLIPSIS : "") + text.substring(begin, end) + (end < text.length() ? ELLIPSIS : "");
    }

    /// Folding may change how long a text is, so each folded character remembers where it came from.
    private static int indexOf(String text, String words) {
        var folded = new StringBuilder(text.length());
        var origins = new int[text.length() * 4 + 4];
        for (var i = 0; i < text.length(); i++) {
            var piece = folded(text.substring(i, i + 1));
            for (var n = 0; n < piece.length() && folded.length() < origins.length; n++) {
                origins[folded.length()] = i;
                folded.append(piece.charAt(n));
            }
        }
        var found = folded.indexOf(folded(words));
        return found < 0 ? 0 : origins[found];
    }

    private static String folded(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /// Never between the two halves of one character.
    private static int floor(String text, int index) {
        return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }
}
