package com.funnelseye.messaging.http;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ids are UUIDs of version 7: time-ordered, so that indexes grow at one end, and unguessable. To clients they are
/// opaque strings.
public final class Ids {

    /// Names nothing. Standing in for an id that is not one of ours, it makes "unknown" and "malformed" the same
    /// answer.
    public static final UUID NOTHING = new UUID(0, 0);

    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    private Ids() {}

    public static UUID next() {
        return GENERATOR.generate();
    }

    /// Never fails: text that is no id names nothing.
    public static UUID parse(@Nullable String text) {
        if (text == null || text.length() != 36) {
            return NOTHING;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            return NOTHING;
        }
    }
}
