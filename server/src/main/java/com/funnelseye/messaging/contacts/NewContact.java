package com.funnelseye.messaging.contacts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of a contact that is about to be added. Questions are JSON objects.
public record NewContact(
        @Nullable UUID coachId,
        @Nullable String phone,
        @Nullable String waId,
        @Nullable String waUserId,
        @Nullable String name,
        @Nullable String email,
        String status,
        @Nullable String temperature,
        @Nullable String source,
        @Nullable String country,
        @Nullable String city,
        String clientQuestions,
        String coachQuestions) {

    static NewContact dialled(@Nullable UUID coachId, Phone phone) {
        return new NewContact(
                coachId, phone.e164(), null, null, null, null, "New", null, "WhatsApp", null, null, "{}", "{}");
    }

    static NewContact whoWrote(
            @Nullable UUID coachId, @Nullable Phone phone, @Nullable String waId, @Nullable String userId) {
        var e164 = phone == null ? null : phone.e164();
        return new NewContact(coachId, e164, waId, userId, null, null, "New", null, "WhatsApp", null, null, "{}", "{}");
    }
}
