package com.funnelseye.messaging.faults;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A relay between two processes that can be cut, stalled and closed. With several targets, each connection goes to
/// the next one that answers.
class Proxy implements AutoCloseable {

    private final Supplier<List<InetSocketAddress>> targets;
    private final InetSocketAddress address;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile CountDownLatch flow = new CountDownLatch(0);
    private volatile @Nullable ServerSocket door;

    Proxy(Supplier<List<InetSocketAddress>> targets) {
        this.targets = targets;
        this.address = listen(0);
    }

    Proxy(InetSocketAddress target) {
        this(() -> List.of(target));
    }

    static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    final int port() {
        return address.getPort();
    }

    /// Every connection is reset; new ones come through.
    final void cut() {
        links.forEach(Link::reset);
    }

    /// Connections stay, and nothing moves any more: the other end is there, silent.
    final void stall() {
        flow = new CountDownLatch(1);
    }

    final void flow() {
        flow.countDown();
    }

    /// New connections are refused, those that are there are reset.
    final void shut() {
        close();
    }

    final void open() {
        if (door == null) {
            listen(address.getPort());
        }
    }

    /// As if nothing had happened.
    final void heal() {
        open();
        flow();
    }

    @Override
    public void close() {
        var open = door;
        door = null;
        if (open != null) {
            closeQuietly(open);
        }
        cut();
    }

    /// From the one who connected to the target.
    void upstream(Link link) throws IOException {
        copy(link.client(), link.server());
    }

    void downstream(Link link) throws IOException {
        copy(link.server(), link.client());
    }

    final void write(OutputStream to, byte[] bytes, int length) throws IOException {
        try {
            flow.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
        to.write(bytes, 0, length);
        to.flush();
    }

    private void copy(Socket from, Socket to) throws IOException {
        var buffer = new byte[16 * 1024];
        for (var read = from.getInputStream().read(buffer);
                read >= 0;
                read = from.getInputStream().read(buffer)) {
            write(to.getOutputStream(), buffer, read);
        }
    }

    private InetSocketAddress listen(int port) {
        try {
            var opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(local(port), 1024);
            door = opened;
            Thread.ofVirtual().start(() -> accept(opened));
            return local(opened.getLocalPort());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                var client = opened.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        var all = targets.get();
        var first = turn.getAndIncrement();
        for (var n = 0; n < all.size(); n++) {
            var server = new Socket();
            try {
                server.connect(all.get(Math.floorMod(first + n, all.size())), 1000);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                new Link(client, server).run();
                return;
            } catch (IOException notThere) {
                closeQuietly(server);
            }
        }
        reset(client);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // closed already
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception gone) {
            // it is closed one way or the other
        }
    }

    private interface Pump {
        void run(Link link) throws IOException;
    }

    /// One connection and its other half.
    final class Link {

        private final Socket client;
        private final Socket server;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        Socket client() {
            return client;
        }

        Socket server() {
            return server;
        }

        DataInputStream fromClient() throws IOException {
            return new DataInputStream(new java.io.BufferedInputStream(client.getInputStream()));
        }

        DataInputStream fromServer() throws IOException {
            return new DataInputStream(new java.io.BufferedInputStream(server.getInputStream()));
        }

        void run() {
            links.add(this);
            Thread.ofVirtual().start(() -> pump(Proxy.this::downstream));
            pump(Proxy.this::upstream);
        }

        void reset() {
            links.remove(this);
            Proxy.reset(client);
            Proxy.reset(server);
        }

        private void pump(Pump pump) {
            try {
                pump.run(this);
            } catch (IOException broken) {
                // the other half learns of it below
            } finally {
                links.remove(this);
                closeQuietly(client);
                closeQuietly(server);
            }
        }
    }
}
