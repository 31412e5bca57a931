package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.accounts.Account.Status;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is to change about a coach. Null leaves a field as it is; an empty text takes an optional one away.
record CoachEdit(
        @Nullable String name,
        @Nullable String email,
        Profile profile,
        @Nullable Status status) {

    Account of(Account before) {
        return new Account(
                before.id(),
                before.role(),
                before.permissions(),
                status == null ? before.status() : status,
                name == null ? before.name() : name,
                email == null ? before.email() : email,
                profile.timeZone() == null ? before.timeZone() : profile.timeZone(),
                edited(profile.whatsapp(), before.whatsapp()),
                edited(profile.instagram(), before.instagram()),
                edited(profile.profession(), before.profession()),
                before.mustChangePassword(),
                before.createdAt());
    }

    /// The names of the fields that differ; the status is told by events of its own.
    static Set<String> changed(Account before, Account after) {
        var fields = new LinkedHashSet<String>();
        note(fields, "name", before.name(), after.name());
        note(fields, "email", before.email(), after.email());
        note(fields, "timeZone", before.timeZone(), after.timeZone());
        note(fields, "whatsapp", before.whatsapp(), after.whatsapp());
        note(fields, "instagram", before.instagram(), after.instagram());
        note(fields, "profession", before.profession(), after.profession());
        return fields;
    }

    private static void note(Set<String> fields, String field, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(before, after)) {
            fields.add(field);
        }
    }

    private static @Nullable String edited(@Nullable String edit, @Nullable String before) {
        if (edit == null) {
            return before;
        }
        return edit.isEmpty() ? null : edit;
    }
}
