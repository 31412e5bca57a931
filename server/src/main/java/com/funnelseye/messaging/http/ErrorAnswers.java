package com.funnelseye.messaging.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.databind.DatabindException;

/// Every answer that is not a success, in the documented body. What nobody refused is our fault: logged once, here,
/// and told without detail.
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ErrorAnswers {

    private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

    @ExceptionHandler
    ResponseEntity<Failure> refused(Refusal refusal) {
        return ResponseEntity.status(refusal.status()).body(refusal.body());
    }

    @ExceptionHandler
    ResponseEntity<Failure> tooMany(TooMany refusal) {
        return ResponseEntity.status(refusal.status())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfterSeconds()))
                .body(refusal.body());
    }

    @ExceptionHandler
    ResponseEntity<Failure> unreadable(HttpMessageNotReadableException unreadable) {
        if (unreadable.getCause() instanceof BodyTooLarge tooLarge) {
            return refused(tooLarge.refusal());
        }
        return refused(
                unreadable.getCause() instanceof DatabindException wrong
                                && !wrong.getPath().isEmpty()
                        ? Refusal.invalid(pathOf(wrong), pathOf(wrong) + " has a value of the wrong kind")
                        : Refusal.invalid("The request body must be valid JSON", Map.of()));
    }

    @ExceptionHandler
    ResponseEntity<Failure> mismatched(MethodArgumentTypeMismatchException mismatch) {
        return refused(Refusal.invalid(mismatch.getName(), mismatch.getName() + " has a value of the wrong kind"));
    }

    /// A form nobody can take apart, or a name in it that is a trick.
    @ExceptionHandler({
        MultipartException.class,
        RequestRejectedException.class,
        InvalidParameterException.class,
    })
    ResponseEntity<Failure> unreadableForm(Exception cause) {
        return cause instanceof MaxUploadSizeExceededException
                ? ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).body(describe(HttpStatus.CONTENT_TOO_LARGE))
                : refused(Refusal.invalid("The request body cannot be read", Map.of()));
    }

    /// The database is away, its connections are all in use, or somebody else was quicker: nothing was stored, so the
    /// caller may try again.
    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        ConcurrencyFailureException.class,
    })
    ResponseEntity<Failure> databaseAway(Exception cause) {
        log.warn("Database not available: {}", cause.getMessage());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(new Failure("Service temporarily unavailable", "Service Unavailable", "UNAVAILABLE"));
    }

    @ExceptionHandler
    ResponseEntity<Failure> unexpected(Exception exception, HttpServletRequest request) {
        if (exception instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return ResponseEntity.status(known.getStatusCode())
                    .headers(known.getHeaders())
                    .body(describe(HttpStatus.valueOf(known.getStatusCode().value())));
        }
        log.error("Request failed: {} {}", request.getMethod(), request.getRequestURI(), exception);
        return ResponseEntity.internalServerError().body(describe(HttpStatus.INTERNAL_SERVER_ERROR));
    }

    static Failure describe(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> Failure.UNAUTHORIZED;
            case FORBIDDEN -> Failure.FORBIDDEN;
            case NOT_FOUND -> new Failure("Route not found", "Not found", "NOT_FOUND");
            case INTERNAL_SERVER_ERROR ->
                new Failure("Something went wrong", "Internal Server Error", "INTERNAL_ERROR");
            default -> new Failure(status.getReasonPhrase(), status.getReasonPhrase(), status.name());
        };
    }

    private static String pathOf(DatabindException wrong) {
        return wrong.getPath().stream()
                .map(step -> nameOf(step.getPropertyName(), step.getIndex()))
                .collect(Collectors.joining("."));
    }

    private static String nameOf(@Nullable String property, int index) {
        return property == null ? Integer.toString(index) : property;
    }
}
