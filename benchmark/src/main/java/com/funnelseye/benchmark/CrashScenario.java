package com.funnelseye.benchmark;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.List;

/// `kill -9` in the middle of a bulk: what becomes of its messages, and how soon the server goes on.
final class CrashScenario {

    private static final int KILL_AFTER_PERCENT = 30;
    private static final double MAX_SECONDS = 5;

    private final Stage stage;
    private final People people;
    private final Report report;

    CrashScenario(Stage stage, People people, Report report) {
        this.stage = stage;
        this.people = people;
        this.report = report;
    }

    void run() throws Exception {
        Quiet.await(stage);
        var coach = people.first();
        var before = Accepted.countOf(stage);
        BulkScenario.send(stage, coach, coach.leads(), 0);
        while (Accepted.countOf(stage) - before < coach.leads().size() * KILL_AFTER_PERCENT / 100) {
            Thread.sleep(2);
        }
        stage.killServer();
        Thread.sleep(1_000);
        var atDeath = Accepted.countOf(stage);
        var restart = System.nanoTime();
        var toFirstAnswer = stage.startServer();
        while (Accepted.countOf(stage) == atDeath) {
            Thread.sleep(5);
        }
        var going = Duration.ofNanos(System.nanoTime() - restart);
        awaitSettled();
        tell(going, toFirstAnswer, Accepted.after(stage, before));
    }

    /// Sends that were under way at the kill have a lease of a minute.
    private void awaitSettled() throws Exception {
        try (var database = stage.connect()) {
            while (Sql.number(
                                    database,
                                    "SELECT count(*) FROM outbox WHERE state <> 'UNKNOWN' AND due_at < now() +"
                                            + " interval '1 hour'")
                            > 0
                    || Sql.number(database, "SELECT count(*) FROM whatsapp_event WHERE applied_at IS NULL") > 0) {
                Thread.sleep(500);
            }
        }
    }

    private void tell(Duration going, Duration toFirstAnswer, List<Accepted> accepted) throws Exception {
        var size = people.first().leads().size();
        var reached = accepted.stream().map(Accepted::to).collect(toSet());
        long unconfirmed;
        try (var database = stage.connect()) {
            unconfirmed = Sql.number(database, "SELECT count(*) FROM outbox WHERE state = 'UNKNOWN'");
        }
        var twice = accepted.size() - reached.size();
        var lost = size - reached.size() - unconfirmed;
        report.bar(
                "kill -9 in mid-drain",
                "going again after %.1f s (first 200 after %.1f s); %d lost, %d sent twice, %d unconfirmed"
                        .formatted(going.toMillis() / 1e3, toFirstAnswer.toMillis() / 1e3, lost, twice, unconfirmed),
                "nothing lost, ≤ 5 s",
                going.toMillis() / 1e3 <= MAX_SECONDS && lost <= 0 && twice == 0);
    }
}
