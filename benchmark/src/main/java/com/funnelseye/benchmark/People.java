package com.funnelseye.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// The coaches of a run and their leads. Coaches come by the public door; leads, of whom there are many, by SQL, with
/// every counter moved by the schema's own triggers. Those whom an earlier run left are used again. All of them have
/// written lately, so their windows are open.
record People(List<Coach> coaches) {

    record Lead(UUID id, String phone) {}

    record Coach(UUID id, String headers, List<Lead> leads) {

        Lead lead(long n) {
            return leads.get((int) (n % leads.size()));
        }
    }

    private static final int CREDITS = 1_000_000;

    /// The first coach gets as many leads as one bulk has recipients; the others fewer.
    static People arrive(Stage stage, int coaches, int leadsOfFirst, int leadsOfOthers)
            throws IOException, SQLException {
        var admin = adminOf(stage);
        var all = new ArrayList<Coach>();
        try (var database = stage.connect()) {
            for (var n = 0; n < coaches; n++) {
                all.add(coach(stage.server(), database, admin, n, n == 0 ? leadsOfFirst : leadsOfOthers));
            }
            openWindows(database);
            Sql.run(database, "VACUUM ANALYZE");
        }
        return new People(all);
    }

    Coach first() {
        return coaches.getFirst();
    }

    /// All but the first.
    List<Coach> others() {
        return coaches.subList(1, coaches.size());
    }

    private static Coach coach(Door server, Connection database, String admin, int n, int leads)
            throws IOException, SQLException {
        var email = "coach%d@benchmark.test".formatted(n);
        if (Sql.number(database, "SELECT count(*) FROM account WHERE email = '%s'".formatted(email)) == 0) {
            add(server, admin, n, email);
        }
        var id = Sql.id(database, "SELECT id FROM account WHERE email = '%s'".formatted(email));
        return new Coach(id, login(server, email), leads(database, id, n, leads));
    }

    private static void add(Door server, String admin, int n, String email) throws IOException {
        var added = server.post(
                "/api/messaging/admin/coaches",
                admin,
                Map.of("name", "Coach " + n, "email", email, "password", Stage.PASSWORD));
        var id = added.path("data").path("_id").stringValue();
        server.post(
                "/api/messaging/admin/coaches/%s/credits".formatted(id),
                admin,
                Map.of("amount", CREDITS, "reason", "benchmark"));
    }

    /// She is made when the server answers already.
    private static String adminOf(Stage stage) throws IOException, SQLException {
        try (var database = stage.connect()) {
            while (Sql.number(database, "SELECT count(*) FROM account WHERE role = 'ADMIN'") == 0) {
                LockSupport.parkNanos(100_000_000);
            }
        }
        return login(stage.server(), Stage.ADMIN_EMAIL);
    }

    private static String login(Door server, String email) throws IOException {
        var answer = server.post("/api/auth/login", "", Map.of("email", email, "password", Stage.PASSWORD));
        return Door.bearer(answer.path("data").path("token").stringValue());
    }

    private static List<Lead> leads(Connection database, UUID coach, int n, int count) throws SQLException {
        var leads = new ArrayList<Lead>();
        try (var insert = database.prepareStatement("""
            INSERT INTO contact (id, coach_id, person, phone, name, email, created_at, updated_at)
            SELECT uuidv7(), ?, digits, '+' || digits, 'Lead ' || digits, digits || '@example.com', now(), now()
              FROM (SELECT '49151' || lpad((? + n)::text, 8, '0') AS digits
                      FROM generate_series(1, ?) AS n) AS number
                ON CONFLICT (coach_id, person) DO UPDATE SET updated_at = excluded.updated_at
            RETURNING id, phone
            """)) {
            insert.setObject(1, coach);
            insert.setInt(2, 10_000_000 + n * 100_000);
            insert.setInt(3, count);
            try (var rows = insert.executeQuery()) {
                while (rows.next()) {
                    leads.add(new Lead(rows.getObject(1, UUID.class), rows.getString(2)));
                }
            }
        }
        return leads;
    }

    private static void openWindows(Connection database) throws SQLException {
        Sql.run(database, """
            INSERT INTO last_inbound (phone_number_id, person, at)
            SELECT '%s', person, now() FROM contact
                ON CONFLICT (phone_number_id, person) DO UPDATE SET at = excluded.at
            """.formatted(Stage.PHONE_NUMBER_ID));
    }
}
