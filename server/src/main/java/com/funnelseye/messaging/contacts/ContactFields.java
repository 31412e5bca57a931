package com.funnelseye.messaging.contacts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request may say of a contact. [ContactForm] reads it as a tree: what an edit leaves out stays as it is, and
/// null empties the field.
record ContactFields(
        @Nullable String name,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String status,
        @Nullable String leadTemperature,
        @Nullable String source,
        @Nullable String country,
        @Nullable String city,
        @Nullable Map<String, @Nullable Object> clientQuestions,
        @Nullable Map<String, @Nullable Object> coachQuestions,
        @Nullable List<String> tags,
        @Nullable String notes,
        @Nullable Boolean optOut) {}
