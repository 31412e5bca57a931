package com.funnelseye.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// A PostgreSQL 18 server of our own in a folder.
///
/// It listens on 127.0.0.1 only, asks for its password, loses nothing it has committed, and comes back by itself on
/// the same port when it dies. If this JVM is killed the server stays behind; the next [#start(Options)] on the folder
/// stops it and goes on from what was committed.
///
/// Only [#close()] stops it. There is no shutdown hook: the caller knows what else still needs the database.
public final class EmbeddedPostgres implements AutoCloseable {

    private final FolderLock lock;
    private final Cluster cluster;
    private final Databases databases;
    private final String database;
    private final Watch watch;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedPostgres(FolderLock lock, Cluster cluster, Databases databases, String database) {
        this.lock = lock;
        this.cluster = cluster;
        this.databases = databases;
        this.database = database;
        this.watch = Watch.over(cluster, databases.port());
    }

    /// Starts the server whose folder the options name, making folder, server and database the first time.
    /// Throws [EmbeddedPostgresException] with a sentence that says what to do.
    public static EmbeddedPostgres start(Options options) {
        try {
            var folder = Folders.prepared(options.folder());
            var lock = FolderLock.take(folder);
            try {
                return start(options, folder, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw EmbeddedPostgresException.unusable(options.folder(), e);
        } catch (UncheckedIOException e) { // from walking through the folder
            throw EmbeddedPostgresException.unusable(options.folder(), new IOException(e.getMessage(), e));
        }
    }

    private static EmbeddedPostgres start(Options options, Path folder, FolderLock lock) throws IOException {
        var account = Account.owning(folder);
        var binaries = Binaries.unpackedIn(folder);
        account.own(binaries.directory());
        var password = Password.keptIn(folder);

        var cluster = new Cluster(folder, new Programs(binaries, account, folder.resolve("program.log")));
        cluster.stop(); // an orphan, before its port is chosen again
        binaries.removeOutdated();
        account.own(folder);
        cluster.createUnlessThere(password);
        cluster.configure(options.settings());

        var databases = new Databases(Port.choose(folder.resolve("port")), password);
        try {
            cluster.start(databases.port());
            databases.create(options.database());
        } catch (IOException | RuntimeException e) {
            cluster.stop();
            throw e;
        }
        return new EmbeddedPostgres(lock, cluster, databases, options.database());
    }

    /// `jdbc:postgresql://127.0.0.1:<port>/<database>`
    public String jdbcUrl() {
        return databases.url(database);
    }

    /// The superuser's name.
    public String username() {
        return Databases.USERNAME;
    }

    /// Random, made with the database and kept in the folder in a file only its owner can read.
    public String password() {
        return databases.password().value();
    }

    /// Stays the same until [#close()], and next time too if it is then free.
    public int port() {
        return databases.port();
    }

    /// The process id of the server's first process, the postmaster. Another one after it has died and come back.
    public long pid() {
        return cluster.pid();
    }

    /// Stops the server, ending what its clients are doing, and returns when it is down. Works, slowly, even on an
    /// interrupted thread, since a shutdown often runs on one.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        var interrupted = Thread.interrupted();
        try (lock) {
            watch.close();
            cluster.stop();
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL could not be stopped: end process %d yourself.".formatted(cluster.pid()), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
