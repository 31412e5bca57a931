package com.funnelseye.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The least an HTTP server can do: read a request with its body and answer 200. A process of its own, whose CPU is the
/// part of a limit that no server saves.
final class BareServer {

    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private BareServer() {}

    /// The argument is the port.
    public static void main(String[] arguments) throws IOException {
        try (var server = new ServerSocket(Integer.parseInt(arguments[0]), 1000, InetAddress.getLoopbackAddress())) {
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket;
                var in = new BufferedInputStream(socket.getInputStream())) {
            socket.setTcpNoDelay(true);
            while (readRequest(in)) {
                socket.getOutputStream().write(OK);
            }
        } catch (IOException gone) {
            // the client has had enough
        }
    }

    private static boolean readRequest(InputStream in) throws IOException {
        var length = 0;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return in.readNBytes(length).length == length;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
