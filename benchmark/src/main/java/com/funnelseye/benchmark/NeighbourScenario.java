package com.funnelseye.benchmark;

import com.funnelseye.benchmark.People.Coach;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// What one coach's big bulk does to another coach's single send.
final class NeighbourScenario {

    private static final double SENDS_PER_SECOND = 10;

    private final Stage stage;
    private final People people;
    private final Arguments arguments;
    private final Report report;

    NeighbourScenario(Stage stage, People people, Arguments arguments, Report report) {
        this.stage = stage;
        this.people = people;
        this.arguments = arguments;
        this.report = report;
    }

    void run() throws Exception {
        var coach = people.others().getFirst();
        sends(coach, Duration.ofSeconds(3));
        Quiet.await(stage);
        var quiet = sends(coach, arguments.length());
        Quiet.await(stage);
        BulkScenario.send(stage, people.first(), people.first().leads(), 0);
        var beside = sends(coach, whileItDrains());
        report.cost(
                "a single send, quiet", new Measured(SENDS_PER_SECOND, Cpu.NONE, quiet.latencies(), quiet.failed()));
        report.cost(
                "a single send beside a bulk",
                new Measured(SENDS_PER_SECOND, Cpu.NONE, beside.latencies(), beside.failed()));
        var ratio = beside.latencies().millis(0.95) / quiet.latencies().millis(0.95);
        report.bar(
                "another coach's single send beside a bulk of %d".formatted(arguments.bulkSize()),
                "p95 %.0f ms, quiet %.0f ms: %.1f×"
                        .formatted(
                                beside.latencies().millis(0.95),
                                quiet.latencies().millis(0.95),
                                ratio),
                "≤ 2× quiet",
                ratio <= 2);
    }

    /// A bulk of this size takes at least so long.
    private Duration whileItDrains() {
        return Duration.ofMillis(Math.max(1_000, Math.min(arguments.length().toMillis(), arguments.bulkSize() / 2)));
    }

    private Load.Result sends(Coach coach, Duration length) {
        var turn = new AtomicLong();
        return Load.open(SENDS_PER_SECOND, length, () -> {
            var body = Door.json(Map.of("to", coach.lead(turn.getAndIncrement()).phone(), "message", "Hello!"));
            var answer = stage.server().exchange(Wire.post("/api/messaging/send", coach.headers(), body));
            if (answer.status() != 200) {
                throw new Door.Unexpected(answer.status() + " " + answer.text());
            }
        });
    }
}
