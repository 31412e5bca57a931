package com.funnelseye.messaging.openapi;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.CONTENT_TOO_LARGE;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.INTERNAL_SERVER_ERROR;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.PAYMENT_REQUIRED;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;
import static org.springframework.http.HttpStatus.TOO_MANY_REQUESTS;
import static org.springframework.http.HttpStatus.UNAUTHORIZED;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;
import static org.springframework.http.HttpStatus.UNSUPPORTED_MEDIA_TYPE;

import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.openapi.Inputs.Arguments;
import com.funnelseye.messaging.openapi.Shapes.Direction;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ResponseStatus;

/// What an endpoint answers: its own success, and the failures that can meet it.
final class Outcomes {

    /// Only sends have a header that says how long to wait; they cost credits and may still be under way.
    private static final String WAITING = "Prefer";

    static final String REQUEST_ID = "X-Request-Id";

    private static final String REPEATABLE = "Idempotency-Key";

    private static final Map<HttpStatus, String> FAILURES = new LinkedHashMap<>();

    static {
        FAILURES.put(BAD_REQUEST, "The request is not valid, or cannot be fulfilled as it is.");
        FAILURES.put(UNAUTHORIZED, "No token, or none that is good.");
        FAILURES.put(PAYMENT_REQUIRED, "Not enough credits.");
        FAILURES.put(FORBIDDEN, "Not for this caller.");
        FAILURES.put(NOT_FOUND, "An id names nothing the caller may see.");
        FAILURES.put(CONFLICT, "Something else stands in the way.");
        FAILURES.put(CONTENT_TOO_LARGE, "The body is too large.");
        FAILURES.put(UNSUPPORTED_MEDIA_TYPE, "The body is of another kind.");
        FAILURES.put(UNPROCESSABLE_CONTENT, "The idempotency key was used with another body.");
        FAILURES.put(TOO_MANY_REQUESTS, "Too often; see `Retry-After`.");
        FAILURES.put(INTERNAL_SERVER_ERROR, "Our fault, or WhatsApp's.");
        FAILURES.put(SERVICE_UNAVAILABLE, "For the moment it cannot be done; nothing was.");
    }

    private final Shapes shapes;

    Outcomes(Shapes shapes) {
        this.shapes = shapes;
    }

    ApiResponses of(Endpoint endpoint, Arguments arguments) {
        var responses = new ApiResponses();
        var shown = AnnotatedElementUtils.findMergedAnnotation(endpoint.method().getMethod(), ResponseStatus.class);
        var status = shown == null ? HttpStatus.OK : shown.code();
        responses.addApiResponse(text(status), success(endpoint, "Done."));
        if (isEntity(endpoint) && arguments.hasHeader(WAITING)) {
            responses.addApiResponse(text(HttpStatus.ACCEPTED), success(endpoint, "Accepted, not finished."));
        }
        failuresOf(endpoint, arguments)
                .forEach(failure -> responses.addApiResponse(
                        text(failure), new ApiResponse().$ref("#/components/responses/" + failure.name())));
        if (arguments.hasHeader(REPEATABLE)) {
            List.of(HttpStatus.OK, HttpStatus.ACCEPTED).forEach(code -> sayReplayed(responses.get(text(code))));
        }
        return responses;
    }

    private static void sayReplayed(@Nullable ApiResponse response) {
        if (response != null) {
            response.addHeaderObject(
                    "Idempotent-Replayed",
                    new Header()
                            .description("`true` when the request had been accepted before and made nothing new.")
                            .schema(SimpleShapes.typed("string")));
        }
    }

    private static Set<HttpStatus> failuresOf(Endpoint endpoint, Arguments arguments) {
        var failures =
                EnumSet.of(BAD_REQUEST, UNAUTHORIZED, TOO_MANY_REQUESTS, INTERNAL_SERVER_ERROR, SERVICE_UNAVAILABLE);
        if (endpoint.needsToken() || endpoint.isCalledByWhatsApp()) {
            failures.add(FORBIDDEN);
        }
        if (arguments.names()) {
            failures.add(NOT_FOUND);
        }
        if (endpoint.changes() && endpoint.needsToken()) {
            failures.add(CONFLICT);
        }
        if (endpoint.changes()) {
            failures.add(CONTENT_TOO_LARGE);
        }
        if (arguments.body() != null) {
            failures.add(UNSUPPORTED_MEDIA_TYPE);
        }
        if (arguments.hasHeader(WAITING)) {
            failures.add(PAYMENT_REQUIRED);
        }
        if (arguments.hasHeader(REPEATABLE)) {
            failures.add(UNPROCESSABLE_CONTENT);
        }
        return failures;
    }

    private static boolean isEntity(Endpoint endpoint) {
        return ResponseEntity.class.isAssignableFrom(
                endpoint.method().getReturnType().getParameterType());
    }

    private ApiResponse success(Endpoint endpoint, String description) {
        var response = new ApiResponse().description(description);
        response.addHeaderObject(REQUEST_ID, requestIdAsSaid());
        var type = ResolvableType.forMethodReturnType(
                endpoint.method().getMethod(), endpoint.method().getBeanType());
        var body = ResponseEntity.class.isAssignableFrom(type.toClass()) ? type.getGeneric(0) : type;
        if (body.toClass() == void.class || body.toClass() == Void.class) {
            return writesItself(endpoint) ? asFile(response, endpoint) : response;
        }
        var content = new Content();
        var kinds = endpoint.produces().isEmpty() ? Set.of(kindOf(body)) : endpoint.produces();
        kinds.forEach(kind -> content.addMediaType(kind, new MediaType().schema(schemaOf(body))));
        return response.content(content);
    }

    private static boolean writesItself(Endpoint endpoint) {
        return Arrays.asList(endpoint.method().getMethod().getParameterTypes()).contains(HttpServletResponse.class);
    }

    private static ApiResponse asFile(ApiResponse response, Endpoint endpoint) {
        var content = new Content();
        var kinds = endpoint.produces().isEmpty() ? Set.of("*/*") : endpoint.produces();
        kinds.forEach(kind -> content.addMediaType(
                kind, new MediaType().schema(SimpleShapes.typed("string").format("binary"))));
        response.addHeaderObject(
                "Content-Disposition",
                new Header().description("`attachment` with a file name.").schema(SimpleShapes.typed("string")));
        return response.content(content);
    }

    private static String kindOf(ResolvableType body) {
        return body.toClass() == String.class ? "text/plain" : "application/json";
    }

    private Schema<?> schemaOf(ResolvableType body) {
        return body.toClass() == Reply.class ? envelope(body.getGeneric(0)) : shapes.of(body, Direction.OUT);
    }

    private Schema<?> envelope(ResolvableType data) {
        var envelope = SimpleShapes.typed("object");
        var success = SimpleShapes.typed("boolean");
        success.setConst(true);
        envelope.addProperty("success", success);
        envelope.addProperty("message", SimpleShapes.typed("string"));
        envelope.addRequiredItem("success");
        if (data.toClass() != Void.class) {
            envelope.addProperty("data", shapes.of(data, Direction.OUT));
            envelope.addRequiredItem("data");
        }
        return envelope;
    }

    /// The answers all endpoints share, by the name of their status.
    static Map<String, ApiResponse> failures(Schema<?> failure) {
        var responses = new LinkedHashMap<String, ApiResponse>();
        FAILURES.forEach((status, description) -> {
            var response = new ApiResponse()
                    .description(description)
                    .content(new Content().addMediaType("application/json", new MediaType().schema(failure)));
            response.addHeaderObject(REQUEST_ID, requestIdAsSaid());
            if (status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE) {
                response.addHeaderObject("Retry-After", seconds());
            }
            responses.put(status.name(), response);
        });
        return responses;
    }

    static Header requestId() {
        return new Header()
                .description("Names this request in our logs: the caller's own `X-Request-Id`, or one of ours.")
                .required(true)
                .schema(SimpleShapes.typed("string"));
    }

    private static Header requestIdAsSaid() {
        return new Header().$ref("#/components/headers/" + REQUEST_ID);
    }

    private static Header seconds() {
        return new Header().description("Seconds to wait.").schema(SimpleShapes.typed("integer"));
    }

    private static String text(HttpStatus status) {
        return Integer.toString(status.value());
    }
}
