package com.funnelseye.messaging.accounts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account as its owner and admins see it.
record AccountView(
        @JsonProperty("_id") UUID id,
        String name,
        @Nullable String email,
        Account.Role role,
        Set<String> permissions,
        Account.Status status,
        String timeZone,
        @Nullable String whatsapp,
        @Nullable String instagram,
        @Nullable String profession,
        boolean mustChangePassword,
        Instant createdAt) {

    static AccountView of(Account account) {
        return new AccountView(
                account.id(),
                account.name(),
                account.email(),
                account.role(),
                account.permissions(),
                account.status(),
                account.timeZone(),
                account.whatsapp(),
                account.instagram(),
                account.profession(),
                account.mustChangePassword(),
                account.createdAt());
    }
}
