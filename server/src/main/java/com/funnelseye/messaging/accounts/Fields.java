package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Refusal;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an admin may write about a person, checked once.
final class Fields {

    private static final int MAX_TEXT = 200;
    private static final int MAX_REASON = 500;
    private static final int MAX_EMAIL = 254;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s,;<>]+@[^@\\s,;<>]+\\.[^@\\s,;<>.]+");

    private Fields() {}

    static String name(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw Refusal.invalid("name", "Name is required");
        }
        return text("name", name.strip());
    }

    static String email(@Nullable String email) {
        if (email == null || email.isBlank()) {
            throw Refusal.invalid("email", "Email is required");
        }
        var address = email.strip().toLowerCase(Locale.ROOT);
        if (address.length() > MAX_EMAIL || !EMAIL.matcher(address).matches()) {
            throw Refusal.invalid("email", "Email must be an e-mail address");
        }
        return address;
    }

    static String reason(String reason) {
        if (reason.length() > MAX_REASON) {
            throw Refusal.invalid("reason", "reason may have at most %d characters".formatted(MAX_REASON));
        }
        return reason.strip();
    }

    /// An empty text takes a value away, a missing one is null.
    static Profile profile(Profile given) {
        return new Profile(
                zone(given.timeZone()),
                given.whatsapp() == null
                        ? null
                        : text("whatsapp", given.whatsapp().strip()),
                given.instagram() == null
                        ? null
                        : text("instagram", given.instagram().strip()),
                given.profession() == null
                        ? null
                        : text("profession", given.profession().strip()));
    }

    private static @Nullable String zone(@Nullable String zone) {
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            throw Refusal.invalid("timeZone", "timeZone must be a time zone such as Europe/Berlin");
        }
        return zone;
    }

    private static String text(String field, String text) {
        if (text.length() > MAX_TEXT) {
            throw Refusal.invalid(field, "%s may have at most %d characters".formatted(field, MAX_TEXT));
        }
        return text;
    }
}
