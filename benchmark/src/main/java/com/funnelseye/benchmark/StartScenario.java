package com.funnelseye.benchmark;

import java.util.ArrayList;

/// From the start of the process to its first 200, on the data of this run; and the memory it holds.
final class StartScenario {

    private static final double MAX_SECONDS = 5;
    private static final long MAX_MEGABYTES = 400;

    private final Stage stage;
    private final Arguments arguments;
    private final Report report;

    StartScenario(Stage stage, Arguments arguments, Report report) {
        this.stage = stage;
        this.arguments = arguments;
        this.report = report;
    }

    void run() throws Exception {
        var megabytes = Cpu.residentMegabytes(stage.serverPid());
        var seconds = new ArrayList<Double>();
        for (var round = 0; round < arguments.rounds(); round++) {
            stage.stopServer();
            seconds.add(stage.startServer().toMillis() / 1e3);
        }
        seconds.sort(null);
        var median = seconds.get((seconds.size() - 1) / 2);
        report.bar("start to first 200", "%.1f s".formatted(median), "≤ 5 s", median <= MAX_SECONDS);
        report.bar("memory after the run", megabytes + " MB", "≤ 400 MB", megabytes <= MAX_MEGABYTES);
    }
}
