package com.funnelseye.messaging.whatsapp;

import com.funnelseye.postgres.EmbeddedPostgres;
import com.funnelseye.postgres.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/// A migrated PostgreSQL for the tests of this package, started once.
final class OwnDatabase {

    private static @Nullable OwnDatabase shared;

    final JdbcClient jdbc;
    final TransactionTemplate transaction;

    private OwnDatabase(DataSource source) {
        jdbc = JdbcClient.create(source);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    static synchronized OwnDatabase empty() {
        if (shared == null) {
            shared = start();
        }
        shared.jdbc.sql("TRUNCATE whatsapp_event, channel").update();
        return shared;
    }

    <T> T inTransaction(Supplier<T> work) {
        return transaction.execute(_ -> work.get());
    }

    void inTransaction(Runnable work) {
        transaction.executeWithoutResult(_ -> work.run());
    }

    private static OwnDatabase start() {
        try {
            var folder = Files.createTempDirectory("whatsapp-test");
            var postgres = EmbeddedPostgres.start(
                    Options.in(folder).database("messaging").with("fsync", "off"));
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            var source = new DriverManagerDataSource(postgres.jdbcUrl(), postgres.username(), postgres.password());
            Flyway.configure().dataSource(source).load().migrate();
            return new OwnDatabase(source);
        } catch (IOException noFolder) {
            throw new UncheckedIOException(noFolder);
        }
    }
}
