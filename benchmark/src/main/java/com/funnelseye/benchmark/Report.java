package com.funnelseye.benchmark;

import java.util.ArrayList;
import java.util.List;

/// Markdown: what was measured beside its bar, and what each operation cost.
final class Report {

    private final List<String> bars = new ArrayList<>();
    private final List<String> costs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// @param reached whether the bar was reached
    synchronized void bar(String scenario, String measured, String bar, boolean reached) {
        note(bars, "| %s | %s | %s | %s |".formatted(scenario, measured, bar, reached ? "✓" : "✗"));
    }

    /// What one operation cost, in microseconds of CPU by process.
    synchronized void cost(String what, Measured measured) {
        var cpu = measured.cpu();
        note(
                costs,
                "| %s | %,.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %.1f | %d |"
                        .formatted(
                                what,
                                measured.perSecond(),
                                cpu.server() * 1e6,
                                cpu.postgres() * 1e6,
                                cpu.sandbox() * 1e6,
                                cpu.driver() * 1e6,
                                cpu.total() * 1e6,
                                measured.latencies().millis(0.5),
                                measured.latencies().millis(0.99),
                                measured.failed()));
    }

    /// A sentence below the tables.
    synchronized void note(String sentence) {
        note(notes, sentence);
    }

    synchronized String markdown() {
        return """
            | scenario | measured | bar | |
            | --- | --- | --- | --- |
            %s

            CPU for one operation, in µs, all threads of each process:

            | what | a second | server | PostgreSQL | sandbox | driver | together | p50 ms | p99 ms | failed |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            %s

            %s
            """.formatted(String.join("\n", bars), String.join("\n", costs), String.join("\n", notes));
    }

    private static void note(List<String> lines, String line) {
        lines.add(line);
        System.out.println(line);
    }
}
