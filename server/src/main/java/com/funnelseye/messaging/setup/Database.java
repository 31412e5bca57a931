package com.funnelseye.messaging.setup;

import com.funnelseye.postgres.EmbeddedPostgres;
import com.funnelseye.postgres.EmbeddedPostgresException;
import com.funnelseye.postgres.Options;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL this server uses: one it was given, or its own. Closing stops only its own.
record Database(
        String url,
        @Nullable String username,
        @Nullable String password,
        @Nullable EmbeddedPostgres embedded) implements AutoCloseable {

    private static final int OLDEST_SUPPORTED = 15;

    static Database of(DatabaseSettings settings, boolean production) {
        var url = settings.url();
        if (url != null && !url.isBlank()) {
            return new Database(url, settings.username(), settings.password(), null);
        }
        if (production) {
            throw new CannotStart(
                    "Set messaging.database.url, messaging.database.username and messaging.database.password: the"
                            + " production profile needs a PostgreSQL 15 or later of its own.");
        }
        return embeddedIn(settings);
    }

    private static Database embeddedIn(DatabaseSettings settings) {
        try {
            var postgres = EmbeddedPostgres.start(Options.in(settings.folder()).database("messaging"));
            return new Database(postgres.jdbcUrl(), postgres.username(), postgres.password(), postgres);
        } catch (EmbeddedPostgresException unusable) {
            throw new CannotStart(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    /// Refuses a server that cannot be reached or is too old, before anything is built on it.
    Database checked() {
        try (var connection = DriverManager.getConnection(url, username, password)) {
            var version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_SUPPORTED) {
                throw new CannotStart(
                        "The database is PostgreSQL %d: use %d or later.".formatted(version, OLDEST_SUPPORTED));
            }
            return this;
        } catch (SQLException unreachable) {
            throw new CannotStart(
                    "The database cannot be used (%s): check messaging.database.url, username and password."
                            .formatted(unreachable.getMessage()),
                    unreachable);
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
