package com.funnelseye.messaging;

import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// A database of one's own on the PostgreSQL that all tests share: for tests that need no server, or another one.
public record FreshDatabase(String url, String username, String password) {

    /// Empty, without tables.
    public static FreshDatabase named(String name) {
        var postgres = TestServers.POSTGRES;
        try (var connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return new FreshDatabase(
                postgres.jdbcUrl().replaceFirst("/postgres$", "/" + name), postgres.username(), postgres.password());
    }

    /// The same, with the tables of the present release.
    public FreshDatabase migrated() {
        Flyway.configure()
                .dataSource(new DriverManagerDataSource(url, username, password))
                .load()
                .migrate();
        return this;
    }

    /// One connection, used again and again: for one thread.
    public DataSource oneConnection() {
        return new SingleConnectionDataSource(url, username, password, true);
    }
}
