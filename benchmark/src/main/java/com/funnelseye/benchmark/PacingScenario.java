package com.funnelseye.benchmark;

import com.funnelseye.benchmark.People.Coach;
import com.funnelseye.benchmark.People.Lead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Many bulks at once, each with its own delay: how exactly a message keeps its time, by the moments the sandbox
/// accepted.
final class PacingScenario {

    private static final int PER_COACH = 5;
    private static final double MAX_ERROR_MS = 5;
    private static final double MIN_FAIRNESS = 0.95;

    private final Stage stage;
    private final List<Coach> coaches;
    private final Report report;

    PacingScenario(Stage stage, People people, Report report) {
        this.stage = stage;
        this.coaches = people.others();
        this.report = report;
    }

    void run() throws Exception {
        pace(10, 5, 400); // until the server's hot code is compiled
        tell(10, pace(10, 5, 400));
        tell(100, pace(100, 50, 40));
    }

    /// @param recipients of each bulk
    private Map<Integer, List<Long>> pace(int delayMs, int bulks, int recipients) throws Exception {
        Quiet.await(stage);
        var number = Accepted.countOf(stage);
        var bulkOf = new HashMap<String, Integer>();
        for (var bulk = 0; bulk < bulks; bulk++) {
            var coach = coaches.get(bulk % coaches.size());
            var from = bulk
                    / coaches.size()
                    % PER_COACH
                    * recipients
                    % coach.leads().size();
            var leads = coach.leads().subList(from, from + recipients);
            for (Lead lead : leads) {
                bulkOf.put(lead.phone().substring(1), bulk);
            }
            BulkScenario.send(stage, coach, leads, delayMs);
        }
        Quiet.await(stage);
        return timesByBulk(Accepted.after(stage, number), bulkOf);
    }

    private static Map<Integer, List<Long>> timesByBulk(List<Accepted> accepted, Map<String, Integer> bulkOf) {
        var times = new HashMap<Integer, List<Long>>();
        for (var one : accepted) {
            var bulk = bulkOf.get(one.to());
            if (bulk != null) {
                times.computeIfAbsent(bulk, _ -> new ArrayList<>())
                        .add(Duration.between(java.time.Instant.EPOCH, one.at()).toNanos());
            }
        }
        times.values().forEach(list -> list.sort(null));
        return times;
    }

    private void tell(int delayMs, Map<Integer, List<Long>> times) {
        var errors = new Latencies();
        times.values().forEach(list -> Pace.errors(list, delayMs).forEach(errors::add));
        var early = times.values().stream()
                .mapToLong(list -> Pace.early(list, delayMs))
                .sum();
        var fairness = Pace.fairness(times.values().stream().map(Pace::rate).toList());
        var error = errors.millis(0.99);
        report.bar(
                "pacing at delay %d ms, %d bulks at once".formatted(delayMs, times.size()),
                "p99 %.1f ms late, %d early, Jain %.3f".formatted(error, early, fairness),
                "p99 ≤ 5 ms, none early, Jain ≥ 0.95",
                error <= MAX_ERROR_MS && early == 0 && fairness >= MIN_FAIRNESS);
    }
}
