package com.funnelseye.postgres;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Speaks SQL to a server under test, on a new connection each time.
record Client(String url, String username, String password) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);

    static Client of(EmbeddedPostgres postgres) {
        return new Client(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    void run(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(url, username, password);
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    String ask(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(url, username, password);
                var sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /// As a connection pool does it: tries until the server is back.
    String askUntilAnswered(String query) throws SQLException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return ask(query);
            } catch (SQLException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
