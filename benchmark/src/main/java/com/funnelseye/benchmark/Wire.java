package com.funnelseye.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One kept-alive HTTP/1.1 connection to this machine. It costs little, so that the driver hardly takes part in what it
/// measures; it knows what our servers answer and no more.
final class Wire implements AutoCloseable {

    /// @param text the body; empty when there is none
    record Answer(int status, String text) {}

    private static final byte[] NOTHING = {};

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int at;
    private int end;
    private boolean over;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        in = socket.getInputStream();
    }

    /// The body and its length follow the head.
    static byte[] post(String path, String headers, byte[] body) {
        var head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
                        .formatted(path, headers, body.length)
                        .getBytes(StandardCharsets.ISO_8859_1);
        var request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    static byte[] get(String path, String headers) {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
                .formatted(path, headers)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    Answer exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        var status = Integer.parseInt(line().split(" ", 3)[1]);
        var length = 0;
        var chunked = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
            var value = header.substring(name.length() + 1).strip();
            switch (name) {
                case "content-length" -> length = Integer.parseInt(value);
                case "connection" -> over = value.equalsIgnoreCase("close");
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                default -> {}
            }
        }
        return new Answer(status, new String(chunked ? chunks() : bytes(length), StandardCharsets.UTF_8));
    }

    /// Whether the server will close the connection now.
    boolean isOver() {
        return over;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (var size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(bytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private byte[] bytes(int length) throws IOException {
        if (length == 0) {
            return NOTHING;
        }
        var body = new byte[length];
        var read = Math.min(length, end - at);
        System.arraycopy(buffer, at, body, 0, read);
        at += read;
        if (in.readNBytes(body, read, length - read) < length - read) {
            throw new EOFException("the server closed the connection");
        }
        return body;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var next = next(); next != '\n'; next = next()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private int next() throws IOException {
        if (at == end) {
            at = 0;
            end = in.read(buffer);
            if (end <= 0) {
                end = 0;
                throw new EOFException("the server closed the connection");
            }
        }
        return buffer[at++];
    }
}
