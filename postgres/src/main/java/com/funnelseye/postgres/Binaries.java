package com.funnelseye.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs for this platform, unpacked once from zonky's jar into `bin-<checksum>`.
record Binaries(Path directory) {

    static final String PREFIX = "bin-";

    /// An interrupted unpacking leaves only `unpacking` behind, which the next one removes.
    static Binaries unpackedIn(Path folder) throws IOException {
        var jar = connect();
        var directory =
                folder.resolve(PREFIX + Long.toHexString(jar.getJarEntry().getCrc()));
        if (!Files.exists(directory)) {
            var unpacking = folder.resolve("unpacking");
            Folders.delete(unpacking);
            try (var archive = jar.getInputStream()) {
                unpack(archive, unpacking);
            }
            Files.move(unpacking, directory, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Binaries(directory);
    }

    Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    /// Removes what an earlier release unpacked. Nothing may be running from there any more.
    void removeOutdated() throws IOException {
        try (var others = Files.newDirectoryStream(directory.resolveSibling("."), PREFIX + "*")) {
            for (var other : others) {
                if (!other.getFileName().equals(directory.getFileName())) {
                    Folders.delete(other);
                }
            }
        }
    }

    private static JarURLConnection connect() throws IOException {
        var name = "/postgres-%s-%s.txz".formatted(system(), architecture());
        var resource = Binaries.class.getResource(name);
        if (resource == null || !(resource.openConnection() instanceof JarURLConnection jar)) {
            throw new EmbeddedPostgresException(
                    "This build carries no PostgreSQL for this machine (%s): build it on a machine of the same kind."
                            .formatted(name.substring(1)));
        }
        return jar;
    }

    private static String system() {
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : name;
    }

    /// Windows on ARM runs the x86 programs in its emulation; there are no others.
    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") && !system().equals("windows") ? "arm_64" : "x86_64";
    }

    static void unpack(InputStream archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, target);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        var path = inside(target, target.resolve(entry.getName()));
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            inside(target, path.resolveSibling(entry.getLinkName()));
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            write(content, path);
            if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + path + " executable");
            }
        } else {
            throw new IOException("unexpected kind of entry: " + entry.getName());
        }
    }

    /// On disk before the folder is renamed: after a power cut nobody would notice that a program is half there.
    private static void write(InputStream content, Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(Channels.newOutputStream(file));
            file.force(true);
        }
    }

    private static Path inside(Path target, Path path) throws IOException {
        if (!path.normalize().startsWith(target)) {
            throw new IOException("entry leaves the folder: " + path);
        }
        return path.normalize();
    }
}
