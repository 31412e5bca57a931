package com.funnelseye.messaging.whatsapp;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one HTTP call brought back, before anybody reads a meaning into it.
sealed interface Answer {

    /// Not one byte of the request went out.
    record NotSent(String cause) implements Answer {}

    /// The request went out, at least in part; what Meta made of it is not known.
    record Lost(String cause) implements Answer {}

    /// A whole answer.
    ///
    /// @param json empty unless the body is a JSON object
    /// @param pause how long Meta asks us to wait, from its headers
    record Received(
            int status, Optional<JsonNode> json, @Nullable Duration pause) implements Answer {

        boolean isSuccess() {
            return status >= 200 && status <= 299;
        }

        Optional<GraphError> error() {
            return json.flatMap(body -> GraphErrors.read(body.path("error")));
        }

        /// For answers nobody can read: an edge's HTML, a redirect, a body cut short.
        String unreadable() {
            return "HTTP %d without a readable body".formatted(status);
        }
    }
}
