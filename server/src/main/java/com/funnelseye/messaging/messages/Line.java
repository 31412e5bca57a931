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
public record Line(
        Addressee addressee,
        @Nullable Phone phone,
        @Nullable Contact contact,
        boolean newcomer,
        @Nullable Composition composition,
        @Nullable UUID messageId,
        Verdict verdict) {

    static Line of(Addressee addressee) {
        return new Line(addressee, null, null, false, null, null, Verdict.GOES);
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
    Line judged(Verdict verdict) {
        return new Line(addressee, phone, contact, newcomer, null, null, verdict);
    }

    Line dialling(Phone dialled) {
        return new Line(addressee, dialled, contact, newcomer, composition, messageId, verdict);
    }

    Line to(Contact found, boolean isNew) {
        return new Line(addressee, phone, found, isNew, composition, messageId, verdict);
    }

    Line saying(Composition said) {
        return new Line(addressee, phone, contact, newcomer, said, messageId, verdict);
    }

    Line accepted(UUID id) {
        return new Line(addressee, phone, contact, newcomer, composition, id, verdict);
    }
}
