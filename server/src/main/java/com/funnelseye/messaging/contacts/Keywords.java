package com.funnelseye.messaging.contacts;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// The words by which a person takes leave of marketing, or comes back: a message that is such a word and nothing else.
/// "Stop by tomorrow" is none.
@Component
@EnableConfigurationProperties(Keywords.Settings.class)
class Keywords {

    /// @param stop and `start`: words besides the built-in ones, translations for instance
    @ConfigurationProperties("messaging.opt-out")
    record Settings(@Nullable List<String> stop, @Nullable List<String> start) {}

    private static final Set<String> STOP =
            Set.of("STOP", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "OPTOUT", "REVOKE", "STOPALL");
    private static final Set<String> START = Set.of("START");

    private final Set<String> stop;
    private final Set<String> start;

    Keywords(Settings settings) {
        this.stop = folded(settings.stop());
        this.start = folded(settings.start());
    }

    /// Whether the text is a wish to be left alone, or one to come back; empty when it is neither.
    Optional<Boolean> optsOut(@Nullable String text) {
        var word = text == null ? "" : folded(text);
        if (STOP.contains(word) || stop.contains(word)) {
            return Optional.of(true);
        }
        return START.contains(word) || start.contains(word) ? Optional.of(false) : Optional.empty();
    }

    private static Set<String> folded(@Nullable Collection<String> words) {
        return words == null ? Set.of() : words.stream().map(Keywords::folded).collect(toUnmodifiableSet());
    }

    private static String folded(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }
}
