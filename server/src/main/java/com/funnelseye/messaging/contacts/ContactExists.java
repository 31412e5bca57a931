package com.funnelseye.messaging.contacts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.funnelseye.messaging.http.Refusal;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/// A coach has each person once, however the number is spelled.
final class ContactExists extends Refusal {

    record Existing(UUID contactId, @JsonIgnore String person, boolean deleted) {}

    ContactExists(Existing existing) {
        super(
                HttpStatus.CONFLICT,
                "CONTACT_EXISTS",
                existing.deleted()
                        ? "A deleted contact has this phone number: add it again to bring it back"
                        : "A contact with this phone number already exists",
                "Contact exists",
                existing);
    }
}
