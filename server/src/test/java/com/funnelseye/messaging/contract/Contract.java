package com.funnelseye.messaging.contract;

import com.funnelseye.messaging.contract.Description.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.StreamUtils;

/// Holds every exchange of a test against the server's own description of its API: answers always, requests when they
/// were accepted. A violation fails the test that made the request.
public final class Contract implements ClientHttpRequestInterceptor {

    private static final Map<String, Description> DESCRIPTIONS = new ConcurrentHashMap<>();

    /// A response that can be read twice: here and by the test.
    private static final class Kept implements ClientHttpResponse {

        private final ClientHttpResponse response;
        private final byte[] body;

        Kept(ClientHttpResponse response) throws IOException {
            this.response = response;
            this.body = StreamUtils.copyToByteArray(response.getBody());
        }

        String text() {
            return Contract.text(body);
        }

        @Override
        public HttpStatusCode getStatusCode() throws IOException {
            return response.getStatusCode();
        }

        @Override
        public String getStatusText() throws IOException {
            return response.getStatusText();
        }

        @Override
        public HttpHeaders getHeaders() {
            return response.getHeaders();
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public void close() {
            response.close();
        }
    }

    /// The description the server at `base` gives of itself.
    static Description descriptionOf(String base) {
        return DESCRIPTIONS.computeIfAbsent(base, _ -> {
            try (var stream = URI.create(base + "/v3/api-docs").toURL().openStream()) {
                return new Description(StreamUtils.copyToString(stream, StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        var kept = new Kept(execution.execute(request, body));
        var uri = request.getURI();
        if (uri.getPath().startsWith("/api/")) {
            var violations = descriptionOf(uri.getScheme() + "://" + uri.getAuthority())
                    .violations(exchange(request, body, kept));
            if (!violations.isEmpty()) {
                throw new AssertionError("%s %s → %d%n%s%n%s"
                        .formatted(
                                request.getMethod(),
                                uri.getPath(),
                                kept.getStatusCode().value(),
                                String.join("\n", violations),
                                kept.text()));
            }
        }
        return kept;
    }

    private static Exchange exchange(HttpRequest request, byte[] body, Kept kept) throws IOException {
        return new Exchange(
                request.getMethod().name(),
                request.getURI().getPath(),
                header(request.getHeaders(), HttpHeaders.CONTENT_TYPE),
                text(body),
                kept.getStatusCode().value(),
                header(kept.getHeaders(), "X-Request-Id"),
                header(kept.getHeaders(), HttpHeaders.CONTENT_TYPE),
                kept.text());
    }

    private static String header(HttpHeaders headers, String name) {
        var value = headers.getFirst(name);
        return value == null ? "" : value;
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
