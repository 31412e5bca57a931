package com.funnelseye.benchmark;

import com.funnelseye.benchmark.People.Coach;
import com.funnelseye.benchmark.Reports.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// CPU seconds of what no implementation is spared, measured in this run: each part once, when it is first asked for.
final class Limits {

    private static final int CORES = 2;
    private static final double POSTS_PER_SECOND = 3_000;
    private static final int MESSAGES = 20_000;

    /// SQL for as long as it is told.
    private interface Statements {
        Load.Result run(Connection database, Duration length) throws SQLException;
    }

    /// An HTTP exchange that does nothing, on either side.
    record Exchange(double server, double client) {}

    private final Stage stage;
    private final List<Coach> coaches;
    private final Arguments arguments;
    private final Report report;
    private @Nullable Exchange exchange;
    private double perStatus;
    private double perMessage;

    Limits(Stage stage, People people, Arguments arguments, Report report) {
        this.stage = stage;
        this.coaches = people.others();
        this.arguments = arguments;
        this.report = report;
    }

    /// Statuses a second, one in each post.
    double intakePerSecond() throws Exception {
        return CORES / (exchange().server() + exchange().client() + perStatus());
    }

    /// Messages a second of a bulk that bring three posts with a status each.
    ///
    /// @param sandbox what the sandbox itself used for each
    double drainPerSecond(double sandbox) throws Exception {
        return CORES / (sandbox + 3 * exchange().server() + exchange().client() + perMessage() + 3 * perStatus());
    }

    private double perStatus() throws Exception {
        if (perStatus == 0) {
            List<Status> statuses;
            try (var database = stage.connect()) {
                statuses = Reports.of(database, coaches, MESSAGES);
            }
            var sql = measured("a status by SQL", (database, length) -> StatusLimit.run(database, statuses, length));
            perStatus = sql.cpu().postgres();
        }
        return perStatus;
    }

    private double perMessage() throws Exception {
        if (perMessage == 0) {
            var sql = measured(
                    "a message of a bulk by SQL", (database, length) -> BulkLimit.run(database, coaches, length));
            perMessage = sql.cpu().postgres();
        }
        return perMessage;
    }

    private Exchange exchange() throws Exception {
        var known = exchange;
        if (known == null) {
            known = bareExchange();
            exchange = known;
        }
        return known;
    }

    /// The connection outlives the measurement: a backend that has ended may not be counted yet.
    private Measured measured(String what, Statements work) throws Exception {
        Quiet.await(stage);
        try (var database = stage.connect()) {
            work.run(database, Duration.ofSeconds(2));
            var measured = Measured.of(stage, arguments.length(), length -> work.run(database, length));
            report.cost(what, measured);
            return measured;
        }
    }

    private Exchange bareExchange() throws Exception {
        var door = new Door(Stage.freePort());
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                "" + door.port());
        try (var bare = new Program(command, arguments.folder().resolve("bare.log"))) {
            Stage.await(door, Wire.get("/", ""), bare);
            exchange(door, bare, Duration.ofSeconds(2));
            var used = exchange(door, bare, arguments.length());
            report.note("A bare HTTP exchange costs the server %.0f µs and the driver %.0f µs."
                    .formatted(used.server() * 1e6, used.client() * 1e6));
            return used;
        }
    }

    private Exchange exchange(Door door, Program bare, Duration length) throws Exception {
        var ours = ProcessHandle.current().pid();
        List<byte[]> posts;
        try (var database = stage.connect()) {
            posts = Reports.of(database, coaches, 1_000).stream()
                    .map(Status::signedPost)
                    .toList();
        }
        var turn = new AtomicInteger();
        var server = Cpu.of(bare.pid());
        var client = Cpu.of(ours);
        var load = Load.open(
                POSTS_PER_SECOND, length, () -> door.succeed(posts.get(turn.getAndIncrement() % posts.size())));
        return new Exchange(
                (Cpu.of(bare.pid()) - server) / Math.max(1, load.done()),
                (Cpu.of(ours) - client) / Math.max(1, load.done()));
    }
}
