package com.funnelseye.messaging.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Someone who can log in or arrives with a trusted token, as the database knows her now.
record Account(
        UUID id,
        Role role,
        Set<String> permissions,
        Status status,
        String name,
        @Nullable String email,
        String timeZone,
        @Nullable String whatsapp,
        @Nullable String instagram,
        @Nullable String profession,
        boolean mustChangePassword,
        Instant createdAt) {

    static final String WHATSAPP_MANAGEMENT = "whatsapp_management";
    static final String SUPER_ADMIN = "super_admin";

    enum Role {
        COACH,
        ADMIN
    }

    enum Status {
        ACTIVE,
        SUSPENDED
    }

    boolean suspended() {
        return status == Status.SUSPENDED;
    }

    /// What she may be beyond her own account; nothing for an admin without the permission, for a suspended admin and
    /// for whoever still has a one-time password.
    Optional<Caller> caller() {
        if (mustChangePassword) {
            return Optional.empty();
        }
        return switch (role) {
            case COACH -> Optional.of(new Caller.Coach(id, name, suspended()));
            case ADMIN -> mayManage() ? Optional.of(new Caller.Admin(id, name)) : Optional.empty();
        };
    }

    private boolean mayManage() {
        return !suspended() && (permissions.contains(WHATSAPP_MANAGEMENT) || permissions.contains(SUPER_ADMIN));
    }
}
