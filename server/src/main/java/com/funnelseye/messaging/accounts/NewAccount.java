package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.accounts.Account.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An account to be made, by whatever way somebody comes to have one. What is written here has been checked.
///
/// @param passwordHash null for people who come with the platform's tokens
record NewAccount(
        Role role,
        Set<String> permissions,
        String name,
        @Nullable String email,
        @Nullable String passwordHash,
        boolean mustChangePassword,
        @Nullable String platformSubject,
        Profile profile) {

    static NewAccount coach(String name, String email, String passwordHash, boolean mustChange, Profile profile) {
        return new NewAccount(Role.COACH, Set.of(), name, email, passwordHash, mustChange, null, profile);
    }

    static NewAccount admin(
            String name, String email, String passwordHash, boolean mustChange, Set<String> permissions) {
        return new NewAccount(Role.ADMIN, permissions, name, email, passwordHash, mustChange, null, Profile.EMPTY);
    }

    NewAccount withoutEmail() {
        return new NewAccount(
                role, permissions, name, null, passwordHash, mustChangePassword, platformSubject, profile);
    }
}
