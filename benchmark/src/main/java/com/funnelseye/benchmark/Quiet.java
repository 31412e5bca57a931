package com.funnelseye.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Waits until nothing is under way any more, so that one measurement does not pay for another.
final class Quiet {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Quiet() {}

    static void await(Stage stage) throws SQLException, InterruptedException, IOException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        try (var database = stage.connect()) {
            while (isBusy(stage, database)) {
                if (System.nanoTime() > until) {
                    throw new Door.Unexpected("the server is still busy after " + PATIENCE);
                }
                Thread.sleep(250);
            }
        }
    }

    private static boolean isBusy(Stage stage, Connection database) throws SQLException, IOException {
        return Sql.number(database, """
            SELECT count(*) FROM (SELECT FROM outbox WHERE due_at < now() + interval '1 hour' LIMIT 1) AS open
            """) > 0 || Sql.number(database, """
                SELECT count(*) FROM (SELECT FROM whatsapp_event WHERE applied_at IS NULL LIMIT 1) AS waiting
                """) > 0 || isPlaying(stage);
    }

    private static boolean isPlaying(Stage stage) throws IOException {
        var state = stage.sandbox().get("/sandbox/state", "");
        return state.path("counts").path("playing").longValue(0) > 0
                || state.path("webhook").path("deliveries").path("pending").intValue(0) > 0;
    }
}
