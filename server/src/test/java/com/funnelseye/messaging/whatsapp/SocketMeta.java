package com.funnelseye.messaging.whatsapp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// Meta as a bare socket, for everything a well-behaved server never does. Each request takes the next answer of the
/// script; the last one is given for ever.
final class SocketMeta implements AutoCloseable {

    /// Answers one request that was read to its end.
    interface Reaction {
        void to(Socket socket) throws Exception;
    }

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    final List<String> requests = new CopyOnWriteArrayList<>();

    private final Queue<Reaction> script = new ConcurrentLinkedDeque<>();
    private final ServerSocket server;

    SocketMeta(Reaction... reactions) throws IOException {
        script.addAll(new ArrayDeque<>(List.of(reactions)));
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    static Reaction answering(int status, String body) {
        return answering(status, "", body);
    }

    static Reaction answering(int status, String headers, String body) {
        return socket -> socket.getOutputStream()
                .write("HTTP/1.1 %d Some Reason\r\n%sContent-Length: %d\r\n\r\n%s"
                        .formatted(status, headers, body.getBytes(StandardCharsets.UTF_8).length, body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    static Reaction silent() {
        return socket -> Thread.sleep(60_000);
    }

    static Reaction resetting() {
        return SocketMeta::reset;
    }

    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            while (!socket.isClosed()) {
                requests.add(read(socket.getInputStream()));
                var reaction = script.size() > 1 ? script.remove() : script.element();
                reaction.to(socket);
            }
        } catch (Exception gone) {
            // The client hung up.
        }
    }

    private static String read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("end of stream");
            }
            head.write(next);
        }
        var text = head.toString(StandardCharsets.UTF_8);
        var length = LENGTH.matcher(text);
        return text
                + (length.find()
                        ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                        : "");
    }
}
