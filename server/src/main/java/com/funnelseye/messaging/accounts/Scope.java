package com.funnelseye.messaging.accounts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far a caller sees. An admin is a coach with a wider view: the same services and queries take either.
public sealed interface Scope {

    /// A coach: her own leads, templates and messages. What belongs to others does not exist for her.
    record OwnLeads(UUID coachId) implements Scope {}

    /// An admin, perhaps looking at one coach only.
    record Everyone(@Nullable UUID only) implements Scope {}

    /// The coach whose rows are seen, null for all: bound as `(:coachId::uuid IS NULL OR coach_id = :coachId)`.
    default @Nullable UUID coachId() {
        return switch (this) {
            case OwnLeads(var coachId) -> coachId;
            case Everyone(var only) -> only;
        };
    }
}
