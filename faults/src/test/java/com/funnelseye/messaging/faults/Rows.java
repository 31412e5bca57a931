package com.funnelseye.messaging.faults;

import com.funnelseye.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The database, looked at and changed past the servers.
final class Rows {

    private final EmbeddedPostgres postgres;
    private final String url;

    Rows(EmbeddedPostgres postgres) {
        this(postgres, "postgres");
    }

    Rows(EmbeddedPostgres postgres, String database) {
        this.postgres = postgres;
        this.url = postgres.jdbcUrl().replaceFirst("/postgres$", "/" + database);
    }

    /// The first column of every row, as text.
    List<@Nullable String> list(String sql, Object... values) {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            for (var n = 0; n < values.length; n++) {
                statement.setObject(n + 1, values[n]);
            }
            var all = new ArrayList<@Nullable String>();
            if (statement.execute()) {
                try (var rows = statement.getResultSet()) {
                    while (rows.next()) {
                        all.add(rows.getString(1));
                    }
                }
            }
            return all;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// First column to second column.
    Map<String, String> pairs(String sql) {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var pairs = new HashMap<String, String>();
            while (rows.next()) {
                pairs.put(String.valueOf(rows.getString(1)), String.valueOf(rows.getString(2)));
            }
            return pairs;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    String one(String sql, Object... values) {
        return String.valueOf(list(sql, values).getFirst());
    }

    long count(String sql, Object... values) {
        return Long.parseLong(one(sql, values));
    }

    void run(String sql, Object... values) {
        list(sql, values);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, postgres.username(), postgres.password());
    }
}
