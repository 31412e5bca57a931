package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.messages.BatchLine;
import com.funnelseye.messaging.messages.Verdict;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A recipient as she is stored.
///
/// @param parameters JSON object, null when there are none
record RecipientRow(
        String verdict,
        @Nullable String code,
        @Nullable String error,
        @Nullable UUID messageId,
        @Nullable UUID contactId,
        @Nullable String phone,
        @Nullable UUID leadId,
        @Nullable String name,
        @Nullable String parameters) {

    static RecipientRow of(BatchLine line, JsonMapper json) {
        return switch (line.verdict()) {
            case Verdict.Sendable() -> row(line, "ACCEPTED", null, null, json);
            case Verdict.Failed(var code, var error) -> row(line, "FAILED", code, error, json);
            case Verdict.Skipped(var code, var error) -> row(line, "SKIPPED", code, error, json);
        };
    }

    private static RecipientRow row(
            BatchLine line, String verdict, @Nullable String code, @Nullable String error, JsonMapper json) {
        var addressee = line.addressee();
        var parameters = addressee.parameters();
        return new RecipientRow(
                verdict,
                code,
                error,
                line.messageId(),
                line.storedContactId(),
                line.number(),
                addressee.leadId(),
                addressee.name(),
                parameters == null || parameters.isEmpty() ? null : json.writeValueAsString(parameters));
    }

    static @Nullable String[] texts(List<RecipientRow> rows, Function<RecipientRow, @Nullable String> part) {
        return rows.stream().map(part).toArray(String[]::new);
    }

    static @Nullable UUID[] ids(List<RecipientRow> rows, Function<RecipientRow, @Nullable UUID> part) {
        return rows.stream().map(part).toArray(UUID[]::new);
    }
}
