package com.funnelseye.benchmark;

import com.funnelseye.benchmark.Reports.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// What the database must do for statuses at least: store the events, find their attempts, fold them into the messages
/// and
/// mark them applied, a hundred in a transaction.
final class StatusLimit {

    private static final int GROUP = 100;

    private static final String STORE = """
        INSERT INTO whatsapp_event (id, kind, phone_number_id, wamid, payload)
        SELECT gen_random_uuid(), 'STATUS', ?, wamid, payload
          FROM unnest(?::text[], ?::text[]) AS event (wamid, payload)
        RETURNING id
        """;

    private static final String FOLD = """
        UPDATE message
           SET delivered_at = CASE WHEN told.status <> 'sent' THEN least(message.delivered_at, now())
                                   ELSE message.delivered_at END,
               read_at = CASE WHEN told.status = 'read' THEN least(message.read_at, now()) ELSE message.read_at END
          FROM unnest(?::text[], ?::text[]) AS told (wamid, status)
          JOIN attempt ON attempt.phone_number_id = ? AND attempt.wamid = told.wamid
         WHERE message.id = attempt.message_id
        """;

    private static final String APPLIED = "UPDATE whatsapp_event SET applied_at = now() WHERE id = ANY (?)";

    private StatusLimit() {}

    /// Applies as many of the statuses as `length` allows.
    static Load.Result run(Connection database, List<Status> statuses, Duration length) throws SQLException {
        var latencies = new Latencies();
        var start = System.nanoTime();
        var done = 0;
        database.setAutoCommit(false);
        while (done + GROUP <= statuses.size() && System.nanoTime() - start < length.toNanos()) {
            var begun = System.nanoTime();
            apply(database, statuses.subList(done, done + GROUP));
            latencies.add(System.nanoTime() - begun);
            done += GROUP;
        }
        return new Load.Result(done, 0, (System.nanoTime() - start) / 1e9, latencies);
    }

    private static void apply(Connection database, List<Status> group) throws SQLException {
        var wamids = database.createArrayOf("text", column(group, Status::wamid));
        try (var store = database.prepareStatement(STORE);
                var fold = database.prepareStatement(FOLD);
                var applied = database.prepareStatement(APPLIED)) {
            store.setString(1, Stage.PHONE_NUMBER_ID);
            store.setArray(2, wamids);
            store.setArray(3, database.createArrayOf("text", column(group, Status::toString)));
            try (var rows = store.executeQuery()) {
                var ids = new java.util.ArrayList<Object>();
                while (rows.next()) {
                    ids.add(rows.getObject(1));
                }
                applied.setArray(1, database.createArrayOf("uuid", ids.toArray()));
            }
            database.commit();
            fold.setArray(1, wamids);
            fold.setArray(2, database.createArrayOf("text", column(group, Status::status)));
            fold.setString(3, Stage.PHONE_NUMBER_ID);
            fold.executeUpdate();
            applied.executeUpdate();
            database.commit();
        }
    }

    private static Object[] column(List<Status> group, Function<Status, String> value) {
        return group.stream().map(value).toArray();
    }
}
