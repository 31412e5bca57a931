package com.funnelseye.messaging.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// A "no" the user is told about, in the documented words. Features subclass it next to what refuses.
/// It is an answer, not a fault: it carries no stack trace and is not logged as an error.
public class Refusal extends RuntimeException {

    private final HttpStatus status;
    private final String error;
    private final String code;
    private final transient @Nullable Object data;
    private final transient Map<String, String> fields;

    /// `message` and `error` are the documented sentences; `code` is the stable UPPER_SNAKE name clients branch on.
    public Refusal(HttpStatus status, String code, String message, String error) {
        this(status, code, message, error, null, Map.of());
    }

    public Refusal(HttpStatus status, String code, String message, String error, @Nullable Object data) {
        this(status, code, message, error, data, Map.of());
    }

    private Refusal(
            HttpStatus status,
            String code,
            String message,
            String error,
            @Nullable Object data,
            Map<String, String> fields) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.error = error;
        this.data = data;
        this.fields = fields;
    }

    /// Bad input: the sentence is both the message and what is said of the field.
    public static Refusal invalid(String field, String sentence) {
        return invalid(sentence, Map.of(field, sentence));
    }

    /// Bad input in one or more fields: field name → what is wrong with it.
    public static Refusal invalid(String message, Map<String, String> fields) {
        return new Refusal(
                HttpStatus.BAD_REQUEST, "VALIDATION_FAILED", message, "Validation failed", null, Map.copyOf(fields));
    }

    /// `what` as in the documented sentence: "Contact" gives "Contact not found".
    public static Refusal notFound(String what) {
        var sentence = what + " not found";
        return new Refusal(HttpStatus.NOT_FOUND, codeOf(sentence), sentence, sentence);
    }

    private static String codeOf(String sentence) {
        return sentence.toUpperCase(java.util.Locale.ROOT).replace(' ', '_');
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    /// The body every refusal is answered with.
    public Failure body() {
        return new Failure(sentence(), error, code, data, fields);
    }

    private String sentence() {
        var message = getMessage();
        return message == null ? error : message;
    }
}
