package com.funnelseye.benchmark;

import com.funnelseye.benchmark.People.Coach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Webhooks with one status each, posted when they are due and not when the server likes, at rising rates.
final class IntakeScenario {

    private static final List<Integer> RATES = List.of(1_000, 2_000, 3_300, 4_500, 6_000);
    private static final double WANTED = 3_300;
    private static final double MAX_P50_MS = 25;

    private final Stage stage;
    private final List<Coach> coaches;
    private final Arguments arguments;
    private final Report report;
    private final Limits limits;

    IntakeScenario(Stage stage, People people, Arguments arguments, Report report, Limits limits) {
        this.stage = stage;
        this.coaches = people.others();
        this.arguments = arguments;
        this.report = report;
        this.limits = limits;
    }

    void run() throws Exception {
        var best = 0.0;
        var cpu = new ArrayList<Measured>();
        post("warm-up", 1_000, stage.server());
        for (var rate : RATES) {
            var measured = post("webhook intake at %d/s".formatted(rate), rate, stage.server());
            var kept =
                    measured.perSecond() >= 0.98 * rate && measured.latencies().millis(0.5) <= MAX_P50_MS;
            best = kept && measured.failed() == 0 ? Math.max(best, measured.perSecond()) : best;
            cpu.add(measured);
        }
        var limit = limits.intakePerSecond();
        var product = 2 / Measured.median(cpu).cpu().total();
        report.bar("webhook intake", "%,.0f/s with p50 ≤ 25 ms".formatted(best), "≥ 3,300/s", best >= WANTED * 0.98);
        report.bar(
                "webhook intake by CPU",
                "%.2f (%,.0f/s of %,.0f/s on two cores)".formatted(product / limit, product, limit),
                "≥ 0.4 L",
                product / limit >= 0.4);
    }

    /// Posts, and goes on counting CPU until all of it is applied.
    private Measured post(String what, int rate, Door door) throws Exception {
        var posts = posts((int) (rate * arguments.length().toSeconds()));
        var turn = new AtomicInteger();
        Quiet.await(stage);
        var before = stage.cpu();
        var load = Load.open(rate, arguments.length(), () -> door.succeed(posts.get(turn.getAndIncrement())));
        var posted = System.nanoTime();
        Quiet.await(stage);
        var applied = Duration.ofNanos(System.nanoTime() - posted);
        var used = stage.cpu().minus(before).per(load.done());
        var measured = new Measured(load.perSecond(), used, load.latencies(), load.failed());
        report.cost(what + ", applied %.1f s after the last".formatted(applied.toMillis() / 1e3), measured);
        return measured;
    }

    private List<byte[]> posts(int count) throws Exception {
        try (var database = stage.connect()) {
            return Reports.of(database, coaches, count / 3 + 1).stream()
                    .map(Reports.Status::signedPost)
                    .toList();
        }
    }
}
