package com.funnelseye.messaging.http;

import com.funnelseye.messaging.http.IdempotencyKey.Hashes;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

@Component
class IdempotencyKeyArgument implements HandlerMethodArgumentResolver {

    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotent-Replayed";
    static final int MAX_CHARS = 255;
    private static final HexFormat HEX = HexFormat.of();

    private final JsonMapper json;

    IdempotencyKeyArgument(JsonMapper json) {
        this.json =
                json.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == IdempotencyKey.class;
    }

    @Override
    public IdempotencyKey resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var key = request.getHeader(HEADER);
        var kept = request.getNativeRequest(KeptBody.Request.class);
        if (key == null || kept == null) {
            return IdempotencyKey.NONE;
        }
        if (key.isBlank() || key.length() > MAX_CHARS) {
            throw Refusal.invalid(HEADER, "Idempotency-Key must have 1 to %d characters".formatted(MAX_CHARS));
        }
        var response = Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class));
        return new IdempotencyKey(
                new Hashes(HEX.formatHex(sha256().digest(key.getBytes(StandardCharsets.UTF_8))), hashOf(kept)),
                () -> response.setHeader(REPLAYED, "true"));
    }

    private String hashOf(KeptBody.Request request) {
        var sha256 = sha256();
        var line = "%s %s?%s\n".formatted(request.getMethod(), request.getRequestURI(), request.getQueryString());
        sha256.update(line.getBytes(StandardCharsets.UTF_8));
        return HEX.formatHex(sha256.digest(canonical(bodyOf(request))));
    }

    private static byte[] bodyOf(KeptBody.Request request) {
        try {
            return request.body();
        } catch (IOException failure) {
            throw new HttpMessageNotReadableException(
                    "body cannot be read", failure, new ServletServerHttpRequest(request));
        }
    }

    /// The same for JSON that differs in spaces and the order of fields. What is no JSON is refused elsewhere.
    private byte[] canonical(byte[] body) {
        try {
            return json.writeValueAsBytes(json.readTree(body));
        } catch (JacksonException noJson) {
            return body;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
