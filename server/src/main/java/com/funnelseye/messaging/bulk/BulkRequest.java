package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.messages.Addressee;
import com.funnelseye.messaging.messages.Batch;
import com.funnelseye.messaging.messages.DraftRequest;
import com.funnelseye.messaging.messages.SendOptions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// @param delay milliseconds between two recipients
/// @param coachId counts only when an admin sends
record BulkRequest(
        @Nullable List<@Nullable Addressee> contacts,
        @Nullable String message,
        @Nullable String type,
        @Nullable String mediaUrl,
        @Nullable String caption,
        @Nullable UUID templateId,
        @Nullable Map<String, @Nullable String> templateParameters,
        @Nullable Integer delay,
        @Nullable String name,
        @Nullable String scheduledAt,
        @Nullable Integer autoPauseAfterFailures,
        @Nullable UUID coachId) {

    static final int MAX_DELAY_MS = 60_000;
    static final int USUAL_DELAY_MS = 1_000;
    static final int MAX_NAME_CHARS = 200;
    static final int MAX_FAILURES = 10_000;

    /// What is asked for, as far as it can be judged by itself.
    Batch.Order order(Caller caller, int maxContacts) {
        var addressees = addressees(maxContacts);
        return new Batch.Order(caller, coachId, draftRequest().draft(), null, addressees);
    }

    Job job() {
        var time = SendOptions.of(null, scheduledAt).scheduledAt();
        return new Job(nameOfIt(), draftRequest(), within(delay, "delay", 0, MAX_DELAY_MS, USUAL_DELAY_MS), time,
                autoPauseAfterFailures == null
                        ? null
                        : within(autoPauseAfterFailures, "autoPauseAfterFailures", 1, MAX_FAILURES, 1),
                null);
    }

    private DraftRequest draftRequest() {
        return new DraftRequest(type, message, mediaUrl, caption, templateId, templateParameters);
    }

    private List<Addressee> addressees(int max) {
        if (contacts == null || contacts.isEmpty()) {
            throw Refusal.invalid("contacts", "contacts must have at least one entry");
        }
        if (contacts.size() > max) {
            throw new TooManyContacts(max);
        }
        for (var i = 0; i < contacts.size(); i++) {
            var contact = contacts.get(i);
            if (contact == null) {
                throw Refusal.invalid("contacts." + i, "contacts.%d must be an object".formatted(i));
            }
            contact.requireFit("contacts." + i);
        }
        return contacts.stream().map(java.util.Objects::requireNonNull).toList();
    }

    private @Nullable String nameOfIt() {
        if (name == null || name.isBlank()) {
            return null;
        }
        if (name.codePointCount(0, name.length()) > MAX_NAME_CHARS) {
            throw Refusal.invalid("name", "name must be at most %d characters".formatted(MAX_NAME_CHARS));
        }
        return name.strip();
    }

    private static int within(@Nullable Integer value, String field, int min, int max, int otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value < min || value > max) {
            throw Refusal.invalid(field, "%s must be a whole number from %d to %d".formatted(field, min, max));
        }
        return value;
    }
}
