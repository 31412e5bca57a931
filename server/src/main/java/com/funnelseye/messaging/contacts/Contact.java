package com.funnelseye.messaging.contacts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.funnelseye.messaging.http.Shown;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A lead of a coach, as the API shows it.
///
/// @param coachId null until an admin assigns an unknown sender
/// @param coachName null with `coachId`
/// @param person see [Person]
/// @param waId digits WhatsApp uses for this person, when they are known
/// @param clientQuestions JSON object of the lead's answers
/// @param coachQuestions JSON object of the lead's answers
/// @param tags JSON array of texts
/// @param optOut the person takes no marketing, from any coach
/// @param unreachable WhatsApp could not bring the last message to the person, and nothing arrived since
/// @param messageCount this coach's messages with the contact, both directions
public record Contact(
        @JsonProperty("_id") UUID id,
        @JsonIgnore @Nullable UUID coachId,
        @JsonIgnore @Nullable String coachName,
        @JsonIgnore String person,
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone,
        @JsonIgnore @Nullable String waId,
        @Nullable String waUserId,
        String status,
        @JsonProperty("leadTemperature") @Nullable String temperature,
        @Nullable String source,
        @Nullable String country,
        @Nullable String city,
        @JsonRawValue @Shown(as = Map.class) String clientQuestions,
        @JsonRawValue @Shown(as = Map.class) String coachQuestions,
        @JsonRawValue @Shown(as = String[].class) String tags,
        @Nullable String notes,
        boolean optOut,
        boolean unreachable,
        Instant createdAt,
        Instant updatedAt,
        long messageCount) {

    /// The number to dial: what WhatsApp itself last called the person, else what we were given.
    @JsonIgnore
    public @Nullable String dialled() {
        return waId == null ? phone : "+" + waId;
    }

    /// Somebody who is no contact yet, with what is known of her by now.
    static Contact newcomer(UUID id, @Nullable UUID coachId, Phone phone, @Nullable String name, Instant now) {
        return new Contact(
                id,
                coachId,
                null,
                phone.person().key(),
                name,
                null,
                phone.e164(),
                null,
                null,
                "New",
                null,
                "WhatsApp",
                null,
                null,
                "{}",
                "{}",
                "[]",
                null,
                false,
                false,
                now,
                now,
                0);
    }

    /// The same person under the id she turned out to have.
    public Contact as(UUID known) {
        return new Contact(
                known,
                coachId,
                coachName,
                person,
                name,
                email,
                phone,
                waId,
                waUserId,
                status,
                temperature,
                source,
                country,
                city,
                clientQuestions,
                coachQuestions,
                tags,
                notes,
                optOut,
                unreachable,
                createdAt,
                updatedAt,
                messageCount);
    }
}
