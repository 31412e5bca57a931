package com.funnelseye.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Who PostgreSQL's programs run as. That is the user of this JVM, except for root, whom PostgreSQL refuses.
///
/// @param prefix goes before each command
/// @param owner whom the files must be given to, where that is somebody else than this JVM's user
record Account(List<String> prefix, Optional<Owner> owner) {

    record Owner(int uid, int gid) {

        /// The same on every current Linux: the "overflow" user, which owns nothing else.
        static final Owner NOBODY = new Owner(65534, 65534);

        static Owner of(Path path) throws IOException {
            return new Owner((int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS), (int)
                    Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS));
        }
    }

    private static final Account THIS_USER = new Account(List.of(), Optional.empty());

    /// A user namespace of its own, in which root is an ordinary user but still owns its files.
    private static final Account ROOT_UNPRIVILEGED = new Account(List.of("unshare", "-U"), Optional.empty());

    /// For root: the folder's owner if that is somebody else, else root itself without its powers, and where the
    /// machine forbids user namespaces (many containers do) nobody, who is then given the folder for good.
    static Account owning(Path folder) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return THIS_USER;
        }
        var owner = Owner.of(folder);
        if (owner.uid() == 0 && ROOT_UNPRIVILEGED.isKnown() && ROOT_UNPRIVILEGED.canEnter(folder)) {
            return ROOT_UNPRIVILEGED;
        }
        var other = switchedTo(owner.uid() == 0 ? Owner.NOBODY : owner);
        if (other.isKnown() && other.canEnter(Objects.requireNonNullElse(folder.getParent(), folder))) {
            return other;
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL may not run as root, and nobody else can use the data folder %s: start this program as an ordinary user, or choose a folder that every user may reach."
                        .formatted(folder));
    }

    private static Account switchedTo(Owner owner) {
        return new Account(
                List.of("setpriv", "--reuid=" + owner.uid(), "--regid=" + owner.gid(), "--clear-groups"),
                Optional.of(owner));
    }

    /// Gives whole `tree` to the account, where that is needed.
    void own(Path tree) throws IOException {
        if (owner.isEmpty()) {
            return;
        }
        var to = owner.get();
        try (var paths = Files.walk(tree)) {
            for (var path : paths.toList()) {
                if (!Owner.of(path).equals(to)) {
                    Files.setAttribute(path, "unix:uid", to.uid(), LinkOption.NOFOLLOW_LINKS);
                    Files.setAttribute(path, "unix:gid", to.gid(), LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    List<String> command(List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    private boolean canEnter(Path folder) {
        return succeeds("test", "-x", folder.toString());
    }

    /// initdb insists on a name for the user it runs as.
    private boolean isKnown() {
        return succeeds("id", "-un");
    }

    private boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command(List.of(command)))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw Programs.interrupted(e);
        }
    }
}
