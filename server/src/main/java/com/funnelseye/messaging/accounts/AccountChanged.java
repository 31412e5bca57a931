package com.funnelseye.messaging.accounts;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something about an account was changed; published inside the transaction of the change.
///
/// @param actor who did it; null for the server itself
/// @param fields which fields changed, by name: their values are personal
public record AccountChanged(@Nullable UUID actor, UUID account, Change change, Set<String> fields) {

    public enum Change {
        CREATED,
        EDITED,
        SUSPENDED,
        ACTIVATED,
        PASSWORD_CHANGED,
        PASSWORD_RESET
    }

    static AccountChanged by(@Nullable UUID actor, UUID account, Change change) {
        return new AccountChanged(actor, account, change, Set.of());
    }
}
