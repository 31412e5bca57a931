package com.funnelseye.messaging.faults;

import com.funnelseye.messaging.faults.Commit.Step;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Understands enough of PostgreSQL's protocol to know what a transaction did when it commits, and to break just
/// there. No TLS.
final class DatabaseProxy extends Proxy {

    /// A transaction as far as it went.
    private static final class Work {
        final List<Step> steps = new ArrayList<>();
        final Map<String, String> statements = new HashMap<>();
        String sql = "";
        volatile @Nullable Commit committing;
    }

    private final List<Commit> awaited = new CopyOnWriteArrayList<>();
    private final Map<Link, Work> works = new ConcurrentHashMap<>();

    DatabaseProxy(InetSocketAddress database) {
        super(database);
    }

    /// The next commit of such a transaction is broken in this way.
    Commit next(Commit commit) {
        awaited.add(commit);
        return commit;
    }

    void forget() {
        awaited.clear();
    }

    @Override
    void upstream(Link link) throws IOException {
        var in = link.fromClient();
        forwardStart(link, in);
        var work = works.computeIfAbsent(link, _ -> new Work());
        while (true) {
            var frame = Frame.read(in);
            var sql = frame.sql(work.statements);
            if (sql != null && !note(link, work, sql)) {
                return;
            }
            write(link.server().getOutputStream(), frame.bytes(), frame.bytes().length);
        }
    }

    @Override
    void downstream(Link link) throws IOException {
        var in = link.fromServer();
        var work = works.computeIfAbsent(link, _ -> new Work());
        while (true) {
            var frame = Frame.read(in);
            synchronized (work) {
                if (frame.type() == 'C') {
                    work.steps.add(new Step(work.sql, frame.count()));
                }
            }
            var committing = work.committing;
            if (committing != null && frame.type() == 'C') {
                committing.committed();
                if (committing.losesAnswer()) {
                    link.reset();
                    return;
                }
                work.committing = null;
                committing.awaitRelease();
            }
            write(link.client().getOutputStream(), frame.bytes(), frame.bytes().length);
        }
    }

    /// False when the connection ends here.
    private boolean note(Link link, Work work, String sql) {
        synchronized (work) {
            if (sql.equals("BEGIN") || sql.equals("ROLLBACK")) {
                work.steps.clear();
            }
            if (!sql.equals("COMMIT")) {
                work.sql = sql;
                return true;
            }
        }
        var broken = taken(work);
        if (broken == null) {
            return true;
        }
        broken.reached();
        if (broken.neverArrives()) {
            broken.awaitRelease();
            link.reset();
            return false;
        }
        work.committing = broken;
        return true;
    }

    private @Nullable Commit taken(Work work) {
        synchronized (work) {
            var reached =
                    awaited.stream().filter(commit -> commit.isOf(work.steps)).findFirst();
            if (reached.isPresent() && awaited.remove(reached.get())) {
                return reached.get();
            }
            work.steps.clear();
            return null;
        }
    }

    private void forwardStart(Link link, DataInputStream in) throws IOException {
        var length = in.readInt();
        var all = ByteBuffer.allocate(length).putInt(length).put(in.readNBytes(length - 4));
        write(link.server().getOutputStream(), all.array(), length);
    }

    /// One message of the protocol: a letter, a length that counts itself, and the rest.
    private static final class Frame {

        private static final int HEAD = 5;

        private final char type;
        private final byte[] bytes;

        private Frame(char type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }

        char type() {
            return type;
        }

        byte[] bytes() {
            return bytes;
        }

        static Frame read(DataInputStream in) throws IOException {
            var type = in.readByte();
            var length = in.readInt();
            var all = new byte[length + 1];
            ByteBuffer.wrap(all).put(type).putInt(length);
            in.readFully(all, HEAD, length - 4);
            return new Frame((char) type, all);
        }

        /// What is about to be executed, if this message says so. Statements are parsed under a name, and bound by it.
        @Nullable
        String sql(Map<String, String> statements) {
            if (type != 'Q' && type != 'P' && type != 'B') {
                return null;
            }
            var first = text(HEAD);
            return switch (type) {
                case 'Q' -> first;
                case 'P' -> {
                    statements.put(first, text(HEAD + first.getBytes(StandardCharsets.UTF_8).length + 1));
                    yield null;
                }
                default -> statements.get(text(HEAD + first.getBytes(StandardCharsets.UTF_8).length + 1));
            };
        }

        /// The number a command ends with: `UPDATE 3`.
        long count() {
            var tag = text(HEAD);
            var number = tag.substring(tag.lastIndexOf(' ') + 1);
            return number.chars().allMatch(Character::isDigit) ? Long.parseLong(number) : 0;
        }

        private String text(int from) {
            var end = from;
            while (bytes[end] != 0) {
                end++;
            }
            return new String(bytes, from, end - from, StandardCharsets.UTF_8);
        }
    }
}
