package com.funnelseye.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A text that a customer writes to the business.
///
/// @param from the customer's number in E.164, however written
/// @param profileName null keeps the name the phone has
/// @param at when it was written, to the second; null is now
/// @param quoting the wamid it answers
public record CustomerText(
        String from,
        @Nullable String profileName,
        String text,
        @Nullable Instant at,
        @Nullable String quoting) {

    /// What WhatsApp lets a person type into one message, in characters.
    static final int LONGEST = 65_536;

    public CustomerText {
        from = PhoneNumber.require(from);
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException("A customer's text has 1 to " + LONGEST + " characters");
        }
        if (profileName != null && (profileName.isBlank() || profileName.length() > 100)) {
            throw new IllegalArgumentException("A profile name has 1 to 100 characters");
        }
    }

    public static CustomerText of(String from, @Nullable String profileName, String text) {
        return new CustomerText(from, profileName, text, null, null);
    }

    public CustomerText at(Instant at) {
        return new CustomerText(from, profileName, text, at, quoting);
    }

    public CustomerText quoting(String wamid) {
        return new CustomerText(from, profileName, text, at, wamid);
    }
}
