package com.funnelseye.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The server cannot run. The message is one plain sentence for whoever started it, saying what to do;
/// where PostgreSQL itself refused, its own last words follow.
public final class EmbeddedPostgresException extends RuntimeException {

    private static final long FULL_BELOW_BYTES = 32L << 20;

    EmbeddedPostgresException(String sentence) {
        super(sentence);
    }

    EmbeddedPostgresException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    static EmbeddedPostgresException unusable(Path folder, IOException cause) {
        if (isFull(folder)) {
            return new EmbeddedPostgresException(full(folder), cause);
        }
        return new EmbeddedPostgresException(
                switch (cause) {
                    case AccessDeniedException denied ->
                        "The data folder %s cannot be used because access to %s is denied: let this user write there, or choose another folder."
                                .formatted(folder, denied.getFile());
                    case FileAlreadyExistsException taken ->
                        "The data folder %s cannot be made because %s is a file: move that away, or choose another folder."
                                .formatted(folder, taken.getFile());
                    default ->
                        "The data folder %s cannot be used (%s): repair that, or choose another folder."
                                .formatted(folder, cause.getMessage());
                },
                cause);
    }

    /// PostgreSQL's programs report a full disk in many words, so the disk is asked rather than the words read.
    static EmbeddedPostgresException refused(Path folder, String sentence, String lastWords) {
        return new EmbeddedPostgresException((isFull(folder) ? full(folder) : sentence) + "\n" + lastWords.strip());
    }

    private static String full(Path folder) {
        return "The disk that holds the data folder %s is full: free some space and start again.".formatted(folder);
    }

    private static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }
}
