package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.contacts.Phone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One addressee of a batch and how far it has been thought through.
///
/// @param phone what she typed, if it is a number
/// @param contact who it goes to; not stored yet if `newcomer`
/// @param composition what she gets; null unless it goes
/// @param messageId null until the message is accepted
public record BatchLine(
        Addressee addressee,
        @Nullable Phone phone,
        @Nullable Contact contact,
        boolean newcomer,
        @Nullable Composition composition,
        @Nullable UUID messageId,
        Verdict verdict) {

    static BatchLine of(Addressee addressee) {
        return new BatchLine(addressee, null, null, false, null, null, Verdict.GOES);
    }

    /// The number in E.164; what was typed when that is no number.
    public @Nullable String number() {
        if (phone != null) {
            return phone.e164();
        }
        return contact == null || contact.phone() == null ? addressee.phone() : contact.phone();
    }

    /// Null for somebody who is no contact.
    public @Nullable UUID storedContactId() {
        return contact == null || newcomer ? null : contact.id();
    }

    public boolean goes() {
        return verdict instanceof Verdict.Sendable;
    }

    public boolean isSkipped() {
        return verdict instanceof Verdict.Skipped;
    }

    @Nullable
    String person() {
        if (phone != null) {
            return phone.person().key();
        }
        return contact == null ? null : contact.person();
    }

    /// Once decided, a line stays as it is.
    BatchLine judged(Verdict verdict) {
        return new BatchLine(addressee, phone, contact, newcomer, null, null, verdict);
    }

    BatchLine dialling(Phone dialled) {
        return new BatchLine(addressee, dialled, contact, newcomer, composition, messageId, verdict);
    }

    BatchLine to(Contact found, boolean isNew) {
        return new BatchLine(addressee, phone, found, isNew, composition, messageId, verdict);
    }

    BatchLine saying(Composition said) {
        return new BatchLine(addressee, phone, contact, newcomer, said, messageId, verdict);
    }

    BatchLine accepted(UUID id) {
        return new BatchLine(addressee, phone, contact, newcomer, composition, id, verdict);
    }
}
