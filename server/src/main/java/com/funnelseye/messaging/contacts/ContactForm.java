package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Text;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what a request or a row of a file says of a contact, and finds everything wrong with it at once.
final class ContactForm {

    static final int MAX_NAME = 200;
    static final int MAX_EMAIL = 254;
    static final int MAX_WORD = 100;
    static final int MAX_NOTES = 5_000;
    static final int MAX_TAGS = 50;
    static final int MAX_TAG = 50;

    private static final Pattern EMAIL = Pattern.compile("[^@\\s,;<>\"]+@[^@\\s,;<>\"]+\\.[^@\\s,;<>\".]+");

    private final JsonNode said;
    private final @Nullable String region;
    private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private @Nullable Phone phone;
    private @Nullable Boolean optOut;

    private ContactForm(JsonNode said, @Nullable String region) {
        this.said = said;
        this.region = region;
    }

    /// What is wrong with a row, or what it says.
    record Outcome(ContactEdit edit, Map<String, String> errors) {

        /// Refuses what is wrong, all of it at once.
        ContactEdit orRefuse() {
            if (!errors.isEmpty()) {
                throw Refusal.invalid(errors.values().iterator().next(), errors);
            }
            return edit;
        }
    }

    /// A contact that must be dialled: its phone is asked for.
    static Outcome added(JsonNode said, @Nullable String region) {
        var form = new ContactForm(said, region);
        if (!said.hasNonNull("phone")) {
            form.errors.put("phone", "Phone number is required");
        }
        return form.read();
    }

    static Outcome edited(JsonNode said, @Nullable String region) {
        return new ContactForm(said, region).read();
    }

    private Outcome read() {
        text("name", "name", MAX_NAME);
        email();
        phone();
        status();
        text("leadTemperature", "temperature", MAX_WORD);
        text("source", "source", MAX_WORD);
        text("country", "country", MAX_WORD);
        text("city", "city", MAX_WORD);
        answers("clientQuestions", "client_questions");
        answers("coachQuestions", "coach_questions");
        tags();
        text("notes", "notes", MAX_NOTES);
        optOut();
        return new Outcome(new ContactEdit(columns, phone, optOut), errors);
    }

    private void text(String field, String column, int maxChars) {
        if (said.has(field)) {
            columns.put(column, textOf(field, maxChars));
        }
    }

    /// Null when it is null or blank, and when something is wrong with it.
    private @Nullable String textOf(String field, int maxChars) {
        var value = said.path(field);
        if (value.isNull()) {
            return null;
        }
        if (!value.isString() || !Text.isClean(value.stringValue())) {
            return wrong(field, field + " has a value of the wrong kind");
        }
        var text = value.stringValue().strip();
        if (text.length() > maxChars) {
            return wrong(field, "%s may have at most %d characters".formatted(field, maxChars));
        }
        return text.isEmpty() ? null : text;
    }

    private void email() {
        text("email", "email", MAX_EMAIL);
        if (columns.get("email") instanceof String email
                && !EMAIL.matcher(email).matches()) {
            wrong("email", "email must be an e-mail address");
        }
    }

    private void phone() {
        if (!said.has("phone") || errors.containsKey("phone")) {
            return;
        }
        var typed = textOf("phone", MAX_WORD);
        if (typed == null && !errors.containsKey("phone")) {
            wrong("phone", "Phone number is required");
        } else if (typed != null) {
            phone = Phone.read(typed, region).orElse(null);
            columns.put("phone", phone == null ? null : phone.e164());
            if (phone == null) {
                wrong("phone", "phone must be an international number, like +14155552671");
            }
        }
    }

    private void status() {
        text("status", "status", MAX_WORD);
        if (columns.containsKey("status") && columns.get("status") == null && !errors.containsKey("status")) {
            wrong("status", "status cannot be empty");
        }
    }

    private void answers(String field, String column) {
        if (!said.has(field)) {
            return;
        }
        var value = said.path(field);
        if (value.isNull()) {
            columns.put(column, Map.of());
            return;
        }
        Answers.problem(value).ifPresent(problem -> wrong(field, field + " " + problem));
        columns.put(column, value);
    }

    private void tags() {
        if (!said.has("tags")) {
            return;
        }
        var tags = new LinkedHashSet<String>();
        var value = said.path("tags");
        if (!value.isArray() && !value.isNull()) {
            wrong("tags", "tags must be a list of texts");
        }
        for (var tag : value) {
            if (!tag.isString() || tag.stringValue().isBlank() || !Text.isClean(tag.stringValue())) {
                wrong("tags", "tags must be a list of texts");
            } else if (tag.stringValue().strip().length() > MAX_TAG) {
                wrong("tags", "A tag may have at most %d characters".formatted(MAX_TAG));
            } else {
                tags.add(tag.stringValue().strip());
            }
        }
        if (tags.size() > MAX_TAGS) {
            wrong("tags", "A contact may have at most %d tags".formatted(MAX_TAGS));
        }
        columns.put("tags", tags);
    }

    private void optOut() {
        if (!said.has("optOut")) {
            return;
        }
        if (said.path("optOut").isBoolean()) {
            optOut = said.path("optOut").booleanValue();
        } else {
            wrong("optOut", "optOut must be true or false");
        }
    }

    private @Nullable String wrong(String field, String sentence) {
        errors.putIfAbsent(field, sentence);
        return null;
    }
}
