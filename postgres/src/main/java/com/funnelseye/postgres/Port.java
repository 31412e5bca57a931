package com.funnelseye.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// The TCP port of a folder's server: last time's if it is free, else any other.
final class Port {

    /// Below the range outgoing connections are given theirs from: a pool that knocks while PostgreSQL restarts could
    /// otherwise be given the server's own port and take it away.
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int TRIES = 100;

    private Port() {}

    static int choose(Path remembered) throws IOException {
        var candidates = IntStream.concat(
                last(remembered).filter(port -> port >= LOWEST && port <= HIGHEST),
                ThreadLocalRandom.current().ints(TRIES, LOWEST, HIGHEST));
        var port = candidates
                .filter(Port::isFree)
                .findFirst()
                .orElseThrow(() -> new EmbeddedPostgresException(
                        "No TCP port between %d and %d is free on 127.0.0.1: stop programs that hold them."
                                .formatted(LOWEST, HIGHEST)));
        Files.writeString(remembered, Integer.toString(port));
        return port;
    }

    private static IntStream last(Path remembered) throws IOException {
        if (!Files.exists(remembered)) {
            return IntStream.empty();
        }
        var digits = Files.readString(remembered).strip();
        return digits.matches("\\d{1,5}") ? IntStream.of(Integer.parseInt(digits)) : IntStream.empty();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
