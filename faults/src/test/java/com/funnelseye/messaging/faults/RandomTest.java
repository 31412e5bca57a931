package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Everything breaks at random while people send. A failure names the seed that repeats it, as far as the operating
/// system's own timing allows: `mvn verify -pl faults -am -Dfaults=long -Dseed=… -Druns=…`.
@TestMethodOrder(OrderAnnotation.class)
class RandomTest {

    private static final boolean LONG = "long".equals(System.getProperty("faults"));
    private static final Duration TIME = Duration.ofSeconds(LONG ? 60 : 40);

    private final World world = World.shared();

    @AfterEach
    void everything_is_whole_again() {
        world.rows.run("DROP TRIGGER IF EXISTS broken ON outbox");
        world.heal();
    }

    @Test
    @Order(1)
    void every_promise_holds_whatever_breaks() throws Exception {
        for (var run = 0; run < runs(); run++) {
            run(seed() + run, TIME);
        }
    }

    /// The deliberate mistake: what nobody knows the outcome of is sent again. It is made by the database of this test,
    /// so no server can be configured to make it.
    @Test
    @Order(2)
    void a_server_that_sends_again_what_may_have_been_sent_is_found_out() throws Exception {
        var coach = world.coach(100);
        world.rows.run("""
            CREATE OR REPLACE FUNCTION send_again() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                NEW.state := 'QUEUED';
                NEW.lease_until := NULL;
                NEW.unknown_since := NULL;
                NEW.due_at := now();
                RETURN NEW;
            END
            $$
            """);
        world.rows.run("""
            CREATE TRIGGER broken BEFORE UPDATE ON outbox
            FOR EACH ROW WHEN (NEW.state = 'UNKNOWN' AND OLD.state = 'SENDING') EXECUTE FUNCTION send_again()
            """);
        world.sandbox.failEvery(3, new com.funnelseye.sandbox.Fault.Reset(true));
        var clients = new Clients(world, coach, new Random(1));
        clients.start(2);
        Pause.of(Duration.ofSeconds(3));
        clients.finish();
        world.rows.run("DROP TRIGGER broken ON outbox");
        world.heal();
        world.settle();

        assertThat(world.truth.faults())
                .anyMatch(fault -> fault.startsWith("I6"))
                .anyMatch(fault -> fault.startsWith("sent 2 times"));
        // As though an operator had ordered it: the tests to come find a world without a stain.
        world.rows.run("""
            UPDATE message
               SET resends_authorised = (SELECT count(*) - 1 FROM attempt WHERE message_id = message.id)
             WHERE coach_id = ? AND direction = 'OUTBOUND'
               AND (SELECT count(*) FROM attempt WHERE message_id = message.id) > 1
            """, coach.id());
        world.check();
    }

    private void run(long seed, Duration time) throws Exception {
        System.out.printf("faults: seed=%d seconds=%d%n", seed, time.toSeconds());
        var random = new Random(seed);
        var coach = world.coach(10_000);
        var clients = new Clients(world, coach, new Random(random.nextLong()));
        var chaos = new Chaos(world, new Random(random.nextLong()));
        clients.start(4);
        chaos.during(time);
        world.heal();
        clients.finish();
        world.heal();
        world.settle();
        var faults = world.truth.faults();
        System.out.printf(
                "faults: seed=%d acknowledged=%d messages=%s broken=%s done=%s%n",
                seed, clients.acknowledged(), states(coach), faults, chaos.done());
        assertThat(faults).as("seed %d", seed).isEmpty();
        assertThat(clients.acknowledged()).as("somebody got through").isPositive();
    }

    private String states(World.Coach coach) {
        return world.rows.one("""
            SELECT string_agg(state || ' ' || messages, ', ' ORDER BY state)
              FROM (SELECT coalesce(message.outcome::text, outbox.state::text) AS state, count(*) AS messages
                      FROM message
                      LEFT JOIN outbox ON outbox.message_id = message.id
                     WHERE message.coach_id = ? AND message.direction = 'OUTBOUND'
                     GROUP BY 1) AS grouped
            """, coach.id());
    }

    private static long seed() {
        var given = System.getProperty("seed", "");
        return given.isBlank() ? new Random().nextInt(1_000_000) : Long.parseLong(given);
    }

    private static int runs() {
        return Integer.parseInt(System.getProperty("runs", "1"));
    }
}
