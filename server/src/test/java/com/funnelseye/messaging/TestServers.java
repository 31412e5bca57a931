package com.funnelseye.messaging;

import com.funnelseye.postgres.EmbeddedPostgres;
import com.funnelseye.postgres.Options;
import com.funnelseye.sandbox.Sandbox;
import com.funnelseye.sandbox.SandboxOptions;
import com.funnelseye.sandbox.StatusTiming;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The one PostgreSQL and the one WhatsApp that all tests of a run share. Started once, stopped with the JVM.
final class TestServers {

    /// Without fsync: tests may lose their data with the machine.
    static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start(Options.in(Path.of("target", "postgres"))
            .with("fsync", "off")
            .with("synchronous_commit", "off")
            .with("full_page_writes", "off"));

    /// Reports nothing by itself: tests say when a message is delivered.
    static final Sandbox SANDBOX =
            Sandbox.start(SandboxOptions.demo().withPort(0).withTiming(StatusTiming.manual()));

    static {
        createDatabase();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            SANDBOX.close();
            POSTGRES.close();
        }));
    }

    private TestServers() {}

    static String jdbcUrl() {
        return POSTGRES.jdbcUrl().replaceFirst("/postgres$", "/messaging");
    }

    /// Anew for each run: migrations may have changed since the last one.
    private static void createDatabase() {
        try (var connection =
                        DriverManager.getConnection(POSTGRES.jdbcUrl(), POSTGRES.username(), POSTGRES.password());
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS messaging WITH (FORCE)");
            statement.execute("CREATE DATABASE messaging");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
