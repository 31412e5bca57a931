package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One of many a message is for, as a request names her.
///
/// @param name stands in for a lead without one
/// @param leadId when given, the contact that must have this number; without a number, the contact herself
/// @param parameters values for her alone, by parameter name
public record Addressee(
        @Nullable String phone,
        @Nullable String name,
        @Nullable UUID leadId,
        @Nullable Map<String, @Nullable String> parameters) {

    static final int MAX_NAME_CHARS = 200;

    /// Refused when she has more to say than anybody may.
    ///
    /// @param field what the request calls her
    public void requireFit(String field) {
        if (phone != null) {
            Draft.within(field + ".phone", phone, MAX_NAME_CHARS);
        }
        if (name != null) {
            Draft.within(field + ".name", name, MAX_NAME_CHARS);
        }
        if (parameters != null) {
            requireFit(field + ".parameters", parameters);
        }
    }

    private static void requireFit(String field, Map<String, @Nullable String> parameters) {
        if (parameters.size() > DraftRequest.MAX_PARAMETERS) {
            throw Refusal.invalid(
                    field, "%s may have at most %d entries".formatted(field, DraftRequest.MAX_PARAMETERS));
        }
        parameters.forEach((name, value) -> {
            Draft.within(field, name, DraftRequest.MAX_PARAMETER_CHARS);
            if (value != null) {
                Draft.within(field, value, DraftRequest.MAX_PARAMETER_CHARS);
            }
        });
    }

    boolean hasPhone() {
        return phone != null && !phone.isBlank();
    }

    Map<String, @Nullable String> values() {
        return parameters == null ? Map.of() : parameters;
    }

    Map<String, @Nullable String> fallbacks() {
        return name == null ? Map.of() : Map.of("lead.name", name);
    }
}
