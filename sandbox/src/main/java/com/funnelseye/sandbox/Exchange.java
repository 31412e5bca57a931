package com.funnelseye.sandbox;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One HTTP request and its answer, with the ways of answering that Meta knows and a well-behaved server does not.
final class Exchange {

    static final String JSON = "application/json; charset=UTF-8";
    private static final int LARGEST_BODY = 1024 * 1024;

    private final Request request;
    private final Response response;
    private final Callback callback;

    Exchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    String method() {
        return request.getMethod();
    }

    String path() {
        return Request.getPathInContext(request);
    }

    @Nullable
    String query(String name) {
        return Request.extractQueryParameters(request).getValue(name);
    }

    @Nullable
    String header(String name) {
        return request.getHeaders().get(name);
    }

    boolean saysJson() {
        var type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    /// @throws IOException also when it is too large
    String body() throws IOException {
        try (var body = Content.Source.asInputStream(request)) {
            var bytes = body.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                throw new IOException("The request body is larger than " + LARGEST_BODY + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    void put(String header, String value) {
        response.getHeaders().put(header, value);
    }

    void putAll(Map<String, String> headers) {
        headers.forEach(this::put);
    }

    void answer(int status, String contentType, byte[] body) {
        answer(status, contentType, body, () -> {});
    }

    /// @param afterwards runs once the answer is written, or cannot be
    void answer(int status, String contentType, byte[] body, Runnable afterwards) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), Callback.from(callback, afterwards));
    }

    void json(int status, Object body) {
        answer(status, JSON, Json.bytes(body));
    }

    /// Blocks until the part is written; the answer ends with [#end].
    void part(String text) throws IOException {
        Content.Sink.write(response, false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    void end() {
        callback.succeeded();
    }

    void abandon(Throwable reason) {
        callback.failed(reason);
    }

    /// A real TCP reset: with no linger the kernel throws the connection away instead of closing it politely.
    void reset() {
        var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        try {
            if (endPoint.getTransport() instanceof SocketChannel channel) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException alreadyClosed) {
            // Then the caller is gone, which is as good.
        }
        endPoint.close();
        callback.failed(new EofException("Reset on purpose"));
    }
}
