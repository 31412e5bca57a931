package com.funnelseye.messaging.http;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ids are UUIDs of version 7: time-ordered, so that indexes grow at one end, and unguessable. To clients they are
/// opaque strings.
public final class Ids {

    /// Names nothing. Standing in for an id that is not one of ours, it makes "unknown" and "malformed" the same
    /// answer. Not the nil id, under which counters keep what belongs to no coach.
    public static final UUID NOTHING = new UUID(-1, -1);

    private static final UUID NIL = new UUID(0, 0);

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
            var id = UUID.fromString(text);
            return id.equals(NIL) ? NOTHING : id;
        } catch (IllegalArgumentException notAnId) {
            return NOTHING;
        }
    }
}
