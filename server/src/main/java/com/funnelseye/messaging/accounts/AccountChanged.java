package com.funnelseye.messaging.accounts;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something about an account was changed; published inside the transaction of the change.
///
/// @param actor who did it; null for the server itself
/// @param fields which fields changed, by name: their values are personal
/// @param reason in the actor's words; null if none was given
public record AccountChanged(
        @Nullable UUID actor,
        UUID account,
        Change change,
        Set<String> fields,
        @Nullable String reason) {

    public enum Change {
        CREATED,
        EDITED,
        SUSPENDED,
        ACTIVATED,
        PASSWORD_CHANGED,
        PASSWORD_RESET
    }

    static AccountChanged by(@Nullable UUID actor, UUID account, Change change) {
        return new AccountChanged(actor, account, change, Set.of(), null);
    }

    static AccountChanged by(UUID actor, UUID account, Change change, @Nullable String reason) {
        return new AccountChanged(actor, account, change, Set.of(), reason);
    }
}
