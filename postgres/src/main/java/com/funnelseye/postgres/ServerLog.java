package com.funnelseye.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// What PostgreSQL writes while it runs: `postgres.log`, and `postgres.log.1` before that.
record ServerLog(Path file) {

    private static final long LIMIT_BYTES = 10L << 20;
    private static final int TAIL_BYTES = 2000;
    private static final int TAIL_LINES = 6;

    /// Starts the file anew when it has grown too large. It is emptied in place, since PostgreSQL keeps it open (and,
    /// as it only appends, goes on at the start).
    void trim() throws IOException {
        if (Files.exists(file) && Files.size(file) > LIMIT_BYTES) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
    }

    String lastLines() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (var channel = FileChannel.open(file)) {
            var tail = ByteBuffer.allocate(TAIL_BYTES);
            channel.read(tail, Math.max(0, channel.size() - TAIL_BYTES));
            var lines = UTF_8.decode(tail.flip()).toString().lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        }
    }
}
