package com.funnelseye.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {

    @TempDir
    Path folder;

    @Test
    void a_log_that_has_grown_too_large_starts_anew() throws IOException {
        var log = new ServerLog(folder.resolve("postgres.log"));
        Files.write(log.file(), new byte[11 << 20]);

        log.trim();

        assertThat(log.file()).isEmptyFile();
        assertThat(folder.resolve("postgres.log.1")).hasSize(11 << 20);
    }

    @Test
    void the_last_lines_are_the_last_ones() throws IOException {
        var log = new ServerLog(folder.resolve("postgres.log"));
        Files.writeString(log.file(), "early\n".repeat(1000) + "one\ntwo\nthree\nfour\nfive\nsix\n");

        assertThat(log.lastLines()).isEqualTo("one\ntwo\nthree\nfour\nfive\nsix");
    }
}
