package com.funnelseye.messaging.accounts;

import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A coach as others may speak of her: in templates, in lists, in her own time.
public record CoachCard(
        UUID id,
        String name,
        @Nullable String email,
        ZoneId timeZone,
        @Nullable String whatsapp,
        @Nullable String instagram,
        @Nullable String profession,
        boolean suspended) {

    static CoachCard of(Account account) {
        return new CoachCard(
                account.id(),
                account.name(),
                account.email(),
                ZoneId.of(account.timeZone()),
                account.whatsapp(),
                account.instagram(),
                account.profession(),
                account.suspended());
    }
}
