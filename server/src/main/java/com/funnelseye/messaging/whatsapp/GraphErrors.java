package com.funnelseye.messaging.whatsapp;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Meta's two shapes of an error: `error` in an answer and `errors[]` in a webhook.
final class GraphErrors {

    private static final int MAX_TITLE = 300;
    private static final int MAX_DETAILS = 1000;
    private static final Pattern CODE_PREFIX = Pattern.compile("^\\(#\\d+\\)\\s*");

    private GraphErrors() {}

    /// Empty when there is no code to decide by.
    static Optional<GraphError> read(JsonNode error) {
        var code = codeOf(error.path("code"));
        return code == null
                ? Optional.empty()
                : Optional.of(new GraphError(
                        code, titleOf(error), detailsOf(error), GraphJson.text(error.path("fbtrace_id"), MAX_TITLE)));
    }

    private static @Nullable Integer codeOf(JsonNode code) {
        if (code.isIntegralNumber() && code.canConvertToInt()) {
            return code.intValue();
        }
        return code.isString() && code.stringValue().matches("\\d{1,9}") ? Integer.valueOf(code.stringValue()) : null;
    }

    private static String titleOf(JsonNode error) {
        var title = GraphJson.text(error.path("title"), MAX_TITLE);
        var sentence = title == null ? GraphJson.text(error.path("message"), MAX_TITLE) : title;
        return sentence == null
                ? "Unknown error"
                : CODE_PREFIX.matcher(sentence).replaceFirst("");
    }

    /// `error_data` is documented as an object and has been seen as a bare text.
    private static @Nullable String detailsOf(JsonNode error) {
        var carrier = error.path("error_data");
        return GraphJson.text(carrier.isString() ? carrier : carrier.path("details"), MAX_DETAILS);
    }
}
