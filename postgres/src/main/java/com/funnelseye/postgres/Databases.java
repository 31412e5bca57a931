package com.funnelseye.postgres;

import java.sql.DriverManager;
import java.sql.SQLException;

/// The databases inside a running server.
record Databases(int port, Password password) {

    static final String USERNAME = "postgres";
    static final String ALWAYS_THERE = "postgres";

    /// SQL states, https://www.postgresql.org/docs/18/errcodes-appendix.html
    private static final String WRONG_PASSWORD = "28P01";

    private static final String NO_SUCH_DATABASE = "3D000";

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /// Also the proof that the server answers and the password is right.
    void create(String database) {
        try {
            in(database, "SELECT 1");
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw new EmbeddedPostgresException(
                        "The password in %s is not the database's: put the right one back from a backup."
                                .formatted(password.file()),
                        e);
            }
            if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
                throw unusable(database, e);
            }
            createFresh(database);
        }
    }

    private void createFresh(String database) {
        try {
            in(ALWAYS_THERE, "CREATE DATABASE \"%s\"".formatted(database));
        } catch (SQLException e) {
            throw unusable(database, e);
        }
    }

    private void in(String database, String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(url(database), USERNAME, password.value());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static EmbeddedPostgresException unusable(String database, SQLException cause) {
        return new EmbeddedPostgresException(
                "The database %s cannot be used (%s): repair that and start again."
                        .formatted(database, cause.getMessage()),
                cause);
    }
}
