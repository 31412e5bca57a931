package com.funnelseye.messaging.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Keeps the body of a request that has an idempotency key, because it is looked at twice: by what reads its fields
/// and by what compares it with an earlier one. Runs after the caller is known and inside the limit on bodies.
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class KeptBody extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var named = request.getHeader(IdempotencyKeyArgument.HEADER) != null;
        chain.doFilter(named ? new Request(request) : request, response);
    }

    static final class Request extends HttpServletRequestWrapper {

        private byte @Nullable [] body;

        Request(HttpServletRequest request) {
            super(request);
        }

        byte[] body() throws IOException {
            var known = body;
            if (known == null) {
                known = super.getInputStream().readAllBytes();
                body = known;
            }
            return known;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Stream(new ByteArrayInputStream(body()));
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Stream extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Stream(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body is here already");
        }
    }
}
