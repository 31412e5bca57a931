package com.funnelseye.messaging.messages;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whom a message is for.
public sealed interface Recipient {

    /// A phone number as typed.
    ///
    /// @param leadId when given, the contact that must have this number
    /// @param coachId whose contact it shall be; only an admin's word counts
    record Dialled(
            @Nullable String to,
            @Nullable UUID leadId,
            @Nullable UUID coachId) implements Recipient {}

    /// A contact within the caller's scope.
    record Known(UUID contactId) implements Recipient {}
}
