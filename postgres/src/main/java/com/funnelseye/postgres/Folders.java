package com.funnelseye.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.regex.Pattern;

/// What a folder needs before PostgreSQL can live in it.
final class Folders {

    /// initdb and pg_ctl put the path between double quotes into a shell command.
    private static final Pattern BREAKS_OUT_OF_QUOTES = Pattern.compile("[\"$`%\\n]");

    private Folders() {}

    /// The folder, made if need be, its symbolic links resolved, closed to everybody but its owner.
    static Path prepared(Path folder) throws IOException {
        if (BREAKS_OUT_OF_QUOTES.matcher(folder.toString()).find()) {
            throw new EmbeddedPostgresException(
                    "The data folder %s cannot be used: choose one without quotes, $, %% and ` in its path."
                            .formatted(folder));
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        allowOwnerOnly(folder, "rwx------");
        return folder.toRealPath();
    }

    static void allowOwnerOnly(Path path, String permissions) throws IOException {
        var wanted = PosixFilePermissions.fromString(permissions);
        if (Files.getFileStore(path).supportsFileAttributeView("posix")
                && !Files.getPosixFilePermissions(path).equals(wanted)) {
            Files.setPosixFilePermissions(path, wanted);
        }
    }

    static void delete(Path tree) throws IOException {
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            try (var paths = Files.walk(tree)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
