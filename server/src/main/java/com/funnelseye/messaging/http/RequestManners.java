package com.funnelseye.messaging.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/// Gives every request an id and every body a limit, before anything else looks at it.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestManners extends OncePerRequestFilter {

    static final String REQUEST_ID = "X-Request-Id";
    private static final long JSON_BYTES = 256 * 1024;
    private static final long BULK_BYTES = 5 * 1024 * 1024;
    private static final long WEBHOOK_BYTES = 4 * 1024 * 1024;

    private final JsonMapper json;

    RequestManners(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = requestId(request.getHeader(REQUEST_ID));
        response.setHeader(REQUEST_ID, id);
        try (var _ = MDC.putCloseable("request.id", id)) {
            var limit = limitOf(request.getRequestURI());
            if (request.getContentLengthLong() > limit) {
                refuse(response, new BodyTooLarge(limit).refusal());
            } else if (!hasCleanParameters(request)) {
                refuse(response, Refusal.invalid("query", "The query contains a character that is not allowed"));
            } else {
                chain.doFilter(new Bounded(request, limit), response);
            }
        }
    }

    /// The caller's own id is kept when it is harmless in a log line.
    private static String requestId(@Nullable String given) {
        return given != null && given.matches("[A-Za-z0-9._-]{1,64}")
                ? given
                : UUID.randomUUID().toString();
    }

    private static long limitOf(String path) {
        if (path.startsWith("/api/webhooks/")) {
            return WEBHOOK_BYTES;
        }
        return path.contains("/send-bulk") || path.contains("/bulk/") || path.endsWith("/import")
                ? BULK_BYTES
                : JSON_BYTES;
    }

    /// Only the query is looked at: asking for parameters must not consume a form body.
    private static boolean hasCleanParameters(HttpServletRequest request) {
        return request.getQueryString() == null
                || request.getParameterMap().values().stream()
                        .flatMap(Arrays::stream)
                        .allMatch(Text::isClean);
    }

    private void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        response.setStatus(refusal.status().value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(refusal.body()));
    }

    private static final class Bounded extends HttpServletRequestWrapper {

        private final long limit;

        Bounded(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedStream(super.getInputStream(), limit);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class BoundedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final long limit;
        private long read;

        BoundedStream(ServletInputStream body, long limit) {
            this.body = body;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            var next = body.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var count = body.read(buffer, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) throws BodyTooLarge {
            read += bytes;
            if (read > limit) {
                throw new BodyTooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
