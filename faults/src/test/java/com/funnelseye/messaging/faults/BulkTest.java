package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.faults.Api.Answer;
import com.funnelseye.messaging.faults.World.Coach;
import com.funnelseye.messaging.faults.World.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Bulks are held up, gone on with and taken back by several people at once, and their servers die.
class BulkTest {

    private static final int MANY = "long".equals(System.getProperty("faults")) ? 10_000 : 2_000;

    private final World world = World.shared();

    @AfterEach
    void every_promise_held() {
        world.check();
    }

    @Test
    void f20_pause_is_a_barrier_and_resume_no_burst_however_many_hammer() throws Exception {
        var coach = world.coach(100);
        var delay = 100;
        var bulk = start(world.a, coach, "f20", 60, delay);

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Future<?>>();
            for (var n = 0; n < 4; n++) {
                var random = new Random(n);
                clients.add(pool.submit(() -> hammer(coach, bulk, random)));
            }
            for (var client : clients) {
                client.get();
            }
        }
        insist(world.a, coach, bulk, "pause");
        var begun = attempts(bulk);
        Pause.of(Duration.ofSeconds(1));
        assertThat(attempts(bulk))
                .as("nothing begins once the pause is answered")
                .isEqualTo(begun);
        assertThat(begun).isLessThan(60);

        insist(world.b, coach, bulk, "resume");
        Pause.until("it goes on", Duration.ofSeconds(20), () -> attempts(bulk) > begun + 5);
        insist(world.a, coach, bulk, "cancel");
        var last = attempts(bulk);
        Pause.until("it is cancelled", Duration.ofSeconds(20), () -> state(bulk).equals("CANCELLED"));
        assertThat(attempts(bulk))
                .as("nothing begins once the cancel is answered")
                .isEqualTo(last);
        assertThat(open(bulk)).isZero();
        assertThat(within(bulk, Duration.ofSeconds(1)))
                .as("messages in any one second")
                .isLessThanOrEqualTo(1000 / delay + 1);
        world.settle();
        assertThat(available(coach)).isEqualTo(100 - accepted(bulk));
    }

    @Test
    void f20_a_bulk_is_sent_once_to_each_though_its_servers_die() {
        var coach = world.coach(200);
        var bulk = start(world.a, coach, "f20b", 120, 30);
        Pause.until("it is under way", Duration.ofSeconds(20), () -> attempts(bulk) > 20);
        world.a.server().kill();
        var again = order(world.b, coach, "f20b", world.people(coach, 1), 30);
        assertThat(again.status()).as("another bulk, the same key").isEqualTo(422);
        world.heal();
        world.settle();
        Pause.until("it is over", Duration.ofSeconds(60), () -> state(bulk).equals("COMPLETED"));
        assertThat(attempts(bulk)).isEqualTo(120);
    }

    @Test
    void f01_a_bulk_whose_answer_was_lost_is_found_by_its_key() {
        var coach = world.coach(20);
        var people = world.people(coach, 5);
        world.a.database().next(Commit.answerLost("INSERT INTO bulk "));
        assertThat(order(world.a, coach, "f01b", people, 0).isAcknowledged()).isFalse();

        var repeated = order(world.b, coach, "f01b", people, 0);
        assertThat(repeated.isAcknowledged()).as("%s", repeated).isTrue();
        assertThat(order(world.a, coach, "f01b", people, 0)
                        .data()
                        .path("bulkId")
                        .asString())
                .isEqualTo(repeated.data().path("bulkId").asString());
        assertThat(world.rows.count("SELECT count(*) FROM bulk WHERE coach_id = ?", coach.id()))
                .isEqualTo(1);
    }

    @Test
    void f28_a_large_bulk_cancelled_half_way_gives_back_the_rest_and_keeps_nobody_waiting() {
        var coach = world.coach(MANY);
        var other = world.coach(100);
        var to = world.customer();
        var quiet = slowButOne(other, to, "quiet");
        var bulk = start(world.a, coach, "f28", MANY, 0);
        var busy = slowButOne(other, to, "busy");
        assertThat(busy).as("single sends beside a bulk; without it %s", quiet).isLessThan(quiet.multipliedBy(4));

        insist(world.b, coach, bulk, "cancel");
        Pause.until("it is cancelled", Duration.ofMinutes(1), () -> state(bulk).equals("CANCELLED"));
        world.settle();
        assertThat(accepted(bulk)).isBetween(1L, MANY - 1L);
        assertThat(available(coach)).isEqualTo(MANY - accepted(bulk));
        assertThat(world.rows.count("""
            SELECT count(*)
              FROM ledger_entry
              JOIN message ON message.id = ledger_entry.message_id
             WHERE message.lane_id = ? AND ledger_entry.kind = 'RELEASE'
            """, bulk)).isEqualTo(MANY - accepted(bulk));
    }

    /// How long the slowest but one of ten single sends took, a second at least: below that nobody minds.
    private Duration slowButOne(Coach coach, String to, String key) {
        var times = new ArrayList<Duration>();
        for (var n = 0; n < 10; n++) {
            var before = Instant.now();
            var answer = world.send(world.b, coach, "f28-%s-%d".formatted(key, n), to, "wait=20");
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            times.add(Duration.between(before, Instant.now()));
        }
        Collections.sort(times);
        return Collections.max(List.of(times.get(8), Duration.ofSeconds(1)));
    }

    private void hammer(Coach coach, UUID bulk, Random random) {
        for (var n = 0; n < 8; n++) {
            var node = random.nextBoolean() ? world.a : world.b;
            coach.api().post(node.url(), path(bulk, random.nextBoolean() ? "pause" : "resume"), Map.of());
            Pause.of(Duration.ofMillis(random.nextInt(60)));
        }
    }

    private void insist(Node node, Coach coach, UUID bulk, String what) {
        Pause.until(
                what,
                Duration.ofSeconds(20),
                () -> coach.api().post(node.url(), path(bulk, what), Map.of()).status() == 200);
    }

    private UUID start(Node node, Coach coach, String key, int people, int delay) {
        var answer = order(node, coach, key, world.people(coach, people), delay);
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return UUID.fromString(answer.data().path("bulkId").asString());
    }

    private static Answer order(Node node, Coach coach, String key, List<String> people, int delay) {
        return coach.api()
                .call(
                        node.url(),
                        "POST",
                        "/api/messaging/send-bulk",
                        Map.of("Idempotency-Key", key, "Prefer", "respond-async"),
                        Map.of(
                                "contacts",
                                people.stream()
                                        .map(phone -> Map.of("phone", phone))
                                        .toList(),
                                "message",
                                "Hello " + key,
                                "type",
                                "text",
                                "delay",
                                delay));
    }

    private static String path(UUID bulk, String what) {
        return "/api/messaging/bulk/%s/%s".formatted(bulk, what);
    }

    private String state(UUID bulk) {
        return world.rows.one("SELECT state FROM lane WHERE id = ?", bulk);
    }

    private long attempts(UUID bulk) {
        return world.rows.count(
                "SELECT count(*) FROM attempt JOIN message ON message.id = attempt.message_id WHERE message.lane_id ="
                        + " ?",
                bulk);
    }

    private long accepted(UUID bulk) {
        return world.rows.count("SELECT count(*) FROM message WHERE lane_id = ? AND outcome = 'ACCEPTED'", bulk);
    }

    private long open(UUID bulk) {
        return world.rows.count("SELECT count(*) FROM outbox WHERE lane_id = ? AND state <> 'UNKNOWN'", bulk);
    }

    private long available(Coach coach) {
        return world.rows.count("SELECT available FROM credit_account WHERE coach_id = ?", coach.id());
    }

    /// The most of its messages that WhatsApp accepted within so long.
    private long within(UUID bulk, Duration time) {
        var ids = world.rows.list(
                "SELECT attempt.id::text FROM attempt JOIN message ON message.id = attempt.message_id WHERE lane_id ="
                        + " ?",
                bulk);
        var moments = world.sandbox.acceptances().stream()
                .filter(acceptance -> ids.contains(acceptance.callbackData()))
                .map(com.funnelseye.sandbox.Acceptance::at)
                .sorted()
                .toList();
        return IntStream.range(0, moments.size())
                .mapToLong(first -> moments.stream()
                        .skip(first)
                        .takeWhile(moment -> moment.isBefore(moments.get(first).plus(time)))
                        .count())
                .max()
                .orElse(0);
    }
}
