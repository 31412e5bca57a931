package com.funnelseye.messaging.templates;

import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What one version of a template says.
///
/// @param content `body`, and perhaps `subject` and other parts
record Words(Map<String, String> content, List<Variable> availableVariables) {

    static final String BODY = "body";

    /// From the database.
    static Words read(JsonMapper json, String content, String availableVariables) {
        return new Words(
                json.readValue(content, new TypeReference<>() {}),
                json.readValue(availableVariables, new TypeReference<>() {}));
    }

    String body() {
        return content.getOrDefault(BODY, "");
    }
}
