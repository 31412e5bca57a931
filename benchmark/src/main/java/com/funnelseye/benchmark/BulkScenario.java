package com.funnelseye.benchmark;

import com.funnelseye.benchmark.People.Coach;
import com.funnelseye.benchmark.People.Lead;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A whole bulk at delay 0: how long its acceptance takes, and how fast it goes until each message is read, with three
/// webhooks for each.
final class BulkScenario {

    /// The sandbox's customers read so long after they were sent to; nobody can be faster.
    private static final Duration READ_AFTER = Duration.ofSeconds(2);

    private final Stage stage;
    private final People people;
    private final Arguments arguments;
    private final Report report;
    private final Limits limits;

    /// @param seconds until the last was read, without the time that customers take
    private record Drain(double acceptanceSeconds, double seconds, double deciles, Measured measured) {}

    BulkScenario(Stage stage, People people, Arguments arguments, Report report, Limits limits) {
        this.stage = stage;
        this.people = people;
        this.arguments = arguments;
        this.report = report;
        this.limits = limits;
    }

    void run() throws Exception {
        drain(people.others().getFirst());
        var drains = new ArrayList<Drain>();
        for (var round = 0; round < arguments.rounds(); round++) {
            drains.add(drain(people.first()));
        }
        var median = drains.stream()
                .sorted(java.util.Comparator.comparingDouble(
                        drain -> drain.measured().cpu().total()))
                .toList()
                .get((drains.size() - 1) / 2);
        report.cost("a message of a bulk, until it is read", median.measured());
        tell(median, limits.drainPerSecond(median.measured().cpu().sandbox()));
    }

    private void tell(Drain drain, double limit) {
        var size = arguments.bulkSize();
        var perSecond = size / drain.seconds();
        var byCpu = 2 / drain.measured().cpu().total();
        report.bar(
                "bulk of %d accepted".formatted(size),
                "%.2f s".formatted(drain.acceptanceSeconds()),
                "≤ 1.5 s for 10,000",
                drain.acceptanceSeconds() <= 1.5);
        report.bar("bulk drain", "%,.0f/s".formatted(perSecond), "≥ 1,000/s", perSecond >= 1_000);
        report.bar(
                "bulk drain by CPU",
                "%.2f (%,.0f/s of %,.0f/s on two cores)".formatted(byCpu / limit, byCpu, limit),
                "≥ 0.5 L",
                byCpu >= 0.5 * limit);
        report.bar("drain's last decile ÷ first", "%.2f".formatted(drain.deciles()), "≥ 0.9", drain.deciles() >= 0.9);
    }

    private Drain drain(Coach coach) throws Exception {
        Quiet.await(stage);
        var number = Accepted.countOf(stage);
        var before = stage.cpu();
        var begun = Instant.now();
        var start = System.nanoTime();
        var id = send(stage, coach, coach.leads(), 0);
        var accepted = (System.nanoTime() - start) / 1e9;
        try (var database = stage.connect()) {
            while (hasUnread(database, coach, begun)) {
                Thread.sleep(100);
            }
        }
        var seconds = (System.nanoTime() - start) / 1e9 - READ_AFTER.toMillis() / 1e3;
        Quiet.await(stage);
        var count = coach.leads().size();
        var used = stage.cpu().minus(before).per(count);
        var deciles = deciles(Accepted.after(stage, number));
        System.out.println("bulk %s: accepted in %.2f s, %.0f/s, deciles %.2f, %.0f µs"
                .formatted(id, accepted, count / seconds, deciles, used.total() * 1e6));
        return new Drain(accepted, seconds, deciles, new Measured(count / seconds, used, new Latencies(), 0));
    }

    private static boolean hasUnread(Connection database, Coach coach, Instant since) throws SQLException {
        var unread = """
            SELECT count(*)
              FROM (SELECT FROM message
                     WHERE coach_id = '%s' AND direction = 'OUTBOUND' AND read_at IS NULL AND sent_at >= '%s'
                     LIMIT 1) AS unread
            """.formatted(coach.id(), since);
        return Sql.number(database, unread) > 0;
    }

    /// Answers the bulk's id, once it is accepted.
    static String send(Stage stage, Coach coach, List<Lead> leads, int delayMs) throws IOException {
        var contacts = leads.stream()
                .map(lead -> Map.of(
                        "phone",
                        lead.phone(),
                        "name",
                        "Lead",
                        "leadId",
                        lead.id().toString()))
                .toList();
        return stage.server()
                .post(
                        "/api/messaging/send-bulk",
                        coach.headers() + "Prefer: respond-async\r\n",
                        Map.of("contacts", contacts, "message", "Hello!", "type", "text", "delay", delayMs))
                .path("data")
                .path("bulkId")
                .stringValue();
    }

    /// Speed of the last tenth ÷ that of the first.
    static double deciles(List<Accepted> accepted) {
        var tenth = accepted.size() / 10;
        if (tenth < 2) {
            return Double.NaN;
        }
        var last = accepted.size() - 1;
        var first = Duration.between(accepted.get(0).at(), accepted.get(tenth).at());
        var end = Duration.between(
                accepted.get(last - tenth).at(), accepted.get(last).at());
        return (double) first.toNanos() / Math.max(1, end.toNanos());
    }
}
