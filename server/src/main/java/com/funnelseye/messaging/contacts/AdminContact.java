package com.funnelseye.messaging.contacts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A contact as admins see it: with whose it is, null while it is nobody's.
record AdminContact(
        @JsonUnwrapped Contact contact,
        @Nullable UUID coachId,
        @Nullable Owner coach) {

    record Owner(@JsonProperty("_id") UUID id, @Nullable String name) {}

    static AdminContact of(Contact contact) {
        var coachId = contact.coachId();
        return new AdminContact(contact, coachId, coachId == null ? null : new Owner(coachId, contact.coachName()));
    }
}
