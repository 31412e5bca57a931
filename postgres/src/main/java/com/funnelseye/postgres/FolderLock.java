package com.funnelseye.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a second server from taking over a folder in use. The operating system drops the lock with the process,
/// however that ends, so nothing stale is ever left behind.
final class FolderLock implements AutoCloseable {

    /// POSIX drops a process's lock when it closes any descriptor of the file, so within this JVM the file must not
    /// even be opened twice.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    /// Windows lets nobody read locked bytes, and the holder's process id must stay readable.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path folder;
    private final FileChannel file;

    private FolderLock(Path folder, FileChannel file) {
        this.folder = folder;
        this.file = file;
    }

    static FolderLock take(Path folder) throws IOException {
        if (!HELD_HERE.add(folder)) {
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        try {
            return new FolderLock(folder, locked(folder));
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(folder);
            throw e;
        }
    }

    private static FileChannel locked(Path folder) throws IOException {
        var file = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (file.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw inUse(folder, holder(file));
            }
            file.truncate(0);
            file.write(US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static String holder(FileChannel file) throws IOException {
        var pid = ByteBuffer.allocate(20);
        file.read(pid, 0);
        return US_ASCII.decode(pid.flip()).toString().strip();
    }

    private static EmbeddedPostgresException inUse(Path folder, String pid) {
        return new EmbeddedPostgresException(
                "The data folder %s is in use by another running server (process %s): stop that one first, or choose another folder."
                        .formatted(folder, pid));
    }

    @Override
    public void close() throws IOException {
        file.close();
        HELD_HERE.remove(folder);
    }
}
