package com.funnelseye.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The superuser's password: random, made once, kept beside the database in a file only its owner can read.
record Password(Path file, String value) {

    private static final int BYTES = 24;

    static Password keptIn(Path folder) throws IOException {
        var file = folder.resolve("password");
        if (!Files.exists(file)) {
            make(file);
        }
        return new Password(file, Files.readString(file).strip());
    }

    private static void make(Path file) throws IOException {
        if (Files.exists(file.resolveSibling(Cluster.DIRECTORY))) {
            throw new EmbeddedPostgresException(
                    "The database's password is missing: put the file %s back from a backup.".formatted(file));
        }
        var random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        var unfinished = file.resolveSibling("password.unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished);
        Folders.allowOwnerOnly(unfinished, "rw-------");
        Files.writeString(unfinished, HexFormat.of().formatHex(random) + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return "Password[" + file + "]";
    }
}
