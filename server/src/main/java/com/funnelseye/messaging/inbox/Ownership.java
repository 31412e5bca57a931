package com.funnelseye.messaging.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whose conversation it is, as admins see it.
///
/// @param coach null when it is nobody's yet
/// @param suggestedCoach for a conversation that is nobody's: who has the person as a contact and wrote to her last,
/// else
/// who has had her for the shortest time; left out when nobody does
record Ownership(
        @Nullable CoachName coach,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CoachName suggestedCoach) {

    record CoachName(@JsonProperty("_id") UUID id, String name) {

        static @Nullable CoachName of(@Nullable UUID id, @Nullable String name) {
            return id == null || name == null ? null : new CoachName(id, name);
        }
    }
}
