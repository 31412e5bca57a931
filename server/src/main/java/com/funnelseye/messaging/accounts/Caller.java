package com.funnelseye.messaging.accounts;

import java.util.UUID;

/// Who sent a request, as the database knows them now. Controllers take a [Coach] or an [Admin] as a parameter.
public sealed interface Caller {

    UUID id();

    String name();

    Scope scope();

    /// @param suspended reads but cannot send
    record Coach(UUID id, String name, boolean suspended) implements Caller {
        @Override
        public Scope scope() {
            return new Scope.OwnLeads(id);
        }
    }

    /// Holds the permission `whatsapp_management`; without it nobody becomes an `Admin`.
    record Admin(UUID id, String name) implements Caller {
        @Override
        public Scope scope() {
            return new Scope.Everyone(null);
        }
    }
}
