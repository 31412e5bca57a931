package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.faults.World.Coach;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The database dies, is out of reach, or all connections to it are taken.
class DatabaseTest {

    private final World world = World.shared();
    private final Coach coach = world.coach(500);

    @AfterEach
    void every_promise_held() {
        world.check();
    }

    @Test
    void f10_the_database_is_killed_twice_under_load_and_nothing_acknowledged_is_missing() throws Exception {
        var clients = new Clients(world, coach, new Random(10));
        clients.start(4);
        for (var n = 0; n < 2; n++) {
            Pause.of(Duration.ofSeconds(1));
            ProcessHandle.of(world.postgres.pid()).ifPresent(ProcessHandle::destroyForcibly);
            Pause.of(Duration.ofSeconds(2));
        }
        clients.finish();
        assertThat(clients.acknowledged()).isGreaterThan(5);
    }

    @Test
    void f10_without_its_database_a_server_is_alive_and_not_ready_and_sends_nothing() {
        var to = world.customer();
        world.a.database().shut();
        world.b.database().shut();

        Pause.until(
                "not ready",
                Duration.ofSeconds(20),
                () -> world.a.server().status("/actuator/health/readiness") == 503);
        assertThat(world.a.server().status("/actuator/health/liveness")).isEqualTo(200);
        assertThat(world.send(world.a, coach, "f10", to, "wait=5").status()).isEqualTo(503);
        assertThat(world.truth.calls(to)).isZero();

        world.heal();
        Pause.until(
                "ready", Duration.ofSeconds(20), () -> world.a.server().status("/actuator/health/readiness") == 200);
        assertThat(world.send(world.a, coach, "f10", to, "wait=20").status()).isEqualTo(200);
    }

    @Test
    void f25_when_all_connections_are_taken_requests_are_refused_soon_and_webhooks_still_served() throws Exception {
        var to = world.customer();
        try (var connection = world.rows.connect();
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            lockCredits(connection);
            var stuck = new ArrayList<Future<?>>();
            for (var n = 0; n < 40; n++) {
                var key = "f25-" + n;
                stuck.add(pool.submit(() -> world.send(world.a, coach, key, to, "wait=1")));
            }
            Pause.of(Duration.ofMillis(500));

            var before = System.nanoTime();
            var refused = world.send(world.a, coach, "f25", to, "wait=1");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(4500));
            var meta = new Meta(world.a, world);
            var body = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}";
            assertThat(meta.post(body, meta.signature(body))).isEqualTo(200);

            connection.rollback();
            for (var one : stuck) {
                one.get();
            }
        }
        assertThat(world.send(world.a, coach, "f25", to, "wait=20").status()).isEqualTo(200);
    }

    @Test
    void f25_a_server_whose_database_has_fallen_silent_says_so_soon_and_the_other_goes_on() {
        var to = world.customer();
        world.a.database().stall();
        // A connection used this very moment is trusted for half a second.
        Pause.of(Duration.ofMillis(700));

        var before = System.nanoTime();
        assertThat(world.send(world.a, coach, "f25c", to, "wait=1").status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
        assertThat(world.send(world.b, coach, "f25c", to, "wait=20").status()).isEqualTo(200);

        world.a.database().flow();
        Pause.until(
                "it is back",
                Duration.ofSeconds(30),
                () -> world.send(world.a, coach, "f25c", to, "wait=1").status() == 200);
    }

    private void lockCredits(java.sql.Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT FROM credit_account WHERE coach_id = ? FOR UPDATE")) {
            statement.setObject(1, coach.id());
            statement.execute();
        }
    }
}
