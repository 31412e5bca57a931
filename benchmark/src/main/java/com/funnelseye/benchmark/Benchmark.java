package com.funnelseye.benchmark;

import java.nio.file.Files;
import java.util.Locale;

/// Runs the scenarios and prints what came of them.
final class Benchmark {

    private static final int COACHES = 11;
    private static final int LEADS_OF_OTHERS = 1_000;

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        var arguments = Arguments.of(args);
        var report = new Report();
        try (var stage = new Stage(arguments)) {
            var people = People.arrive(stage, COACHES, arguments.bulkSize(), LEADS_OF_OTHERS);
            var limits = new Limits(stage, people, arguments, report);
            if (arguments.wants("send")) {
                new SendScenario(stage, people, arguments, report).run();
            }
            if (arguments.wants("intake")) {
                new IntakeScenario(stage, people, arguments, report, limits).run();
            }
            if (arguments.wants("bulk")) {
                new BulkScenario(stage, people, arguments, report, limits).run();
            }
            if (arguments.wants("pacing")) {
                new PacingScenario(stage, people, report).run();
            }
            if (arguments.wants("neighbour")) {
                new NeighbourScenario(stage, people, arguments, report).run();
            }
            if (arguments.wants("start")) {
                new StartScenario(stage, arguments, report).run();
            }
            if (arguments.wants("crash")) {
                new CrashScenario(stage, people, report).run();
            }
        }
        Files.writeString(arguments.folder().resolve("report.md"), report.markdown());
        System.out.println(report.markdown());
    }
}
