package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.http.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which conversations of a list are wanted.
///
/// @param words `LIKE` patterns that must all occur in the contact's name, e-mail or phone digits
/// @param archived those put aside instead of those that are not
/// @param unassigned only threads that are nobody's yet
record InboxFilter(
        boolean unreadOnly,
        List<String> words,
        @Nullable WindowState window,
        boolean awaiting,
        boolean archived,
        boolean unassigned) {

    /// How much of the 24 hours is left.
    enum WindowState {
        OPEN,
        /// Less than two hours are left; it is open, too.
        CLOSING,
        CLOSED;

        static @Nullable WindowState of(@Nullable String name) {
            if (name == null || name.isBlank()) {
                return null;
            }
            return Arrays.stream(values())
                    .filter(state -> state.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> Refusal.invalid("window", "window must be open, closing or closed"));
        }
    }

    static final int MIN_SEARCH_CHARS = 2;
    static final int MAX_SEARCH_CHARS = 200;
    static final int MAX_WORDS = 8;
    private static final Pattern PHONE_LIKE = Pattern.compile("\\+?[\\d\\s().\\-/]*\\d");

    /// From a request. A search shorter than 2 characters is ignored, as on every list.
    static InboxFilter of(
            boolean unreadOnly,
            @Nullable String search,
            @Nullable String window,
            boolean awaiting,
            boolean archived,
            boolean unassigned) {
        return new InboxFilter(unreadOnly, wordsOf(search), WindowState.of(window), awaiting, archived, unassigned);
    }

    /// The list as it opens, whose total is kept.
    boolean isDefault() {
        return !unreadOnly && words.isEmpty() && window == null && !awaiting && !archived;
    }

    /// The text with everything that `LIKE` takes for more than itself taken literally.
    static String literal(String text) {
        return text.replaceAll("([\\\\%_])", "\\\\$1");
    }

    private static List<String> wordsOf(@Nullable String search) {
        var text = search == null ? "" : search.strip();
        if (text.length() < MIN_SEARCH_CHARS) {
            return List.of();
        }
        if (PHONE_LIKE.matcher(text).matches()) {
            return List.of("%" + text.replaceAll("\\D", "") + "%");
        }
        var words = text.split("\\s+");
        if (text.length() > MAX_SEARCH_CHARS || words.length > MAX_WORDS) {
            throw Refusal.invalid(
                    "search",
                    "search must be at most %d words and %d characters".formatted(MAX_WORDS, MAX_SEARCH_CHARS));
        }
        return Arrays.stream(words).map(word -> "%" + literal(word) + "%").toList();
    }
}
