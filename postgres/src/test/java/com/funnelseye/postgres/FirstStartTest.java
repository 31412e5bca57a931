package com.funnelseye.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {

    @TempDir
    Path parent;

    @Test
    void leftovers_of_a_first_start_that_was_killed_are_harmless() throws Exception {
        var folder = parent.resolve("new");
        Files.createDirectories(folder.resolve("unpacking/bin"));
        Files.writeString(folder.resolve("unpacking/bin/postgres"), "half");
        Files.createDirectories(folder.resolve("initdb/base"));
        Files.writeString(folder.resolve("initdb/PG_VERSION"), "18");
        Files.writeString(folder.resolve("password.unfinished"), "");
        Files.createDirectories(folder.resolve("bin-of-an-earlier-release"));

        try (var postgres = EmbeddedPostgres.start(Options.in(folder))) {
            assertThat(Client.of(postgres).ask("SHOW server_version")).startsWith("18");
        }
        assertThat(folder.resolve("initdb")).doesNotExist();
        assertThat(folder.resolve("unpacking")).doesNotExist();
        assertThat(folder.resolve("bin-of-an-earlier-release")).doesNotExist();
        assertThat(permissionsOf(folder)).isEqualTo("rwx------");
        assertThat(permissionsOf(folder.resolve("data"))).isEqualTo("rwx------");
        assertThat(permissionsOf(folder.resolve("password"))).isEqualTo("rw-------");
    }

    @Test
    void a_file_in_the_place_of_the_folder_is_reported_in_a_sentence() throws Exception {
        var file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> EmbeddedPostgres.start(Options.in(file)))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessage(
                        "The data folder %s cannot be made because %s is a file: move that away, or choose another"
                                + " folder.",
                        file, file);
    }

    @Test
    void a_relative_folder_counts_from_the_working_directory() {
        assertThat(Options.in(Path.of("data")).folder()).isEqualTo(Path.of(System.getProperty("user.dir"), "data"));
    }

    private static String permissionsOf(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
