package com.funnelseye.sandbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An error in Meta's words. Answers and webhooks write the same error differently: see [GraphJson].
///
/// @param httpStatus of the answer that carries it
/// @param title what webhooks show; answers put the code before it
public record GraphError(
        int httpStatus,
        String type,
        int code,
        @Nullable Integer subcode,
        String title,
        @Nullable String details) {

    /// The documented wording and HTTP status of a code; an unlisted code gets neutral words and 400.
    public static GraphError of(int code) {
        return KnownErrors.find(code);
    }

    public GraphError details(String details) {
        return new GraphError(httpStatus, type, code, subcode, title, details);
    }

    /// Meta's list and its OpenAPI disagree on 400 or 429 for throttling, so tests try both.
    public GraphError httpStatus(int httpStatus) {
        return new GraphError(httpStatus, type, code, subcode, title, details);
    }

    static GraphError invalidParameter(String title) {
        return new GraphError(400, "OAuthException", 100, null, title, null);
    }

    static GraphError unknownObject(String method, String id) {
        return new GraphError(
                400,
                "GraphMethodException",
                100,
                33,
                "Unsupported " + method.toLowerCase(Locale.ROOT) + " request. Object with ID '" + id
                        + "' does not exist, cannot be loaded due to missing permissions, or does not support this"
                        + " operation. Please read the Graph API documentation at"
                        + " https://developers.facebook.com/docs/graph-api",
                null);
    }

    /// Old Graph errors come without the code in their text.
    String message() {
        var bare = subcode != null || code <= 2 || code == 104 || code == 190 || code == 80007;
        return bare ? title : "(#" + code + ") " + title;
    }
}
