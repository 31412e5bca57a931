package com.funnelseye.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class BinariesTest {

    @TempDir
    Path parent;

    @Test
    void programs_stay_executable_and_links_stay_links() throws IOException {
        var target = parent.resolve("target");
        Binaries.unpack(archiveOf(file("bin/postgres", 0755), file("share/words", 0644)), target);
        Binaries.unpack(archiveOf(link("lib/libpq.so", "../bin/postgres")), target);

        assertThat(target.resolve("bin/postgres")).isExecutable();
        assertThat(target.resolve("share/words").toFile().canExecute()).isFalse();
        assertThat(Files.readSymbolicLink(target.resolve("lib/libpq.so"))).isEqualTo(Path.of("../bin/postgres"));
    }

    @Test
    void an_entry_that_leaves_the_folder_is_refused() throws IOException {
        for (var name : new String[] {"../escaped", "bin/../../escaped"}) {
            var archive = archiveOf(file(name, 0644));
            assertThatThrownBy(() -> Binaries.unpack(archive, parent.resolve("target")))
                    .as(name)
                    .hasMessageContaining("leaves the folder");
        }
        assertThat(parent.resolve("escaped")).doesNotExist();
    }

    @Test
    void a_link_that_leaves_the_folder_is_refused() throws IOException {
        for (var destination : new String[] {"/etc/passwd", "../../escaped"}) {
            var archive = archiveOf(link("lib/link", destination));
            assertThatThrownBy(() -> Binaries.unpack(archive, parent.resolve("target")))
                    .as(destination)
                    .hasMessageContaining("leaves the folder");
        }
    }

    private static TarArchiveEntry file(String name, int mode) {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        return entry;
    }

    private static TarArchiveEntry link(String name, String destination) {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(destination);
        return entry;
    }

    private static InputStream archiveOf(TarArchiveEntry... entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
            for (var entry : entries) {
                var content = entry.isSymbolicLink() ? new byte[0] : "content".getBytes(UTF_8);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
