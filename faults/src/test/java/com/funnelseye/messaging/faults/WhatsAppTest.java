package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.faults.World.Coach;
import com.funnelseye.sandbox.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// WhatsApp answers badly, late or not at all.
class WhatsAppTest {

    private final World world = World.shared();
    private final Coach coach = world.coach(100);

    @AfterEach
    void every_promise_held() {
        world.check();
    }

    @Test
    void f13_what_may_have_been_sent_is_unknown_and_stays_so() {
        var silences = new LinkedHashMap<String, Fault>();
        silences.put(world.customer(), new Fault.Html(500, false));
        silences.put(world.customer(), new Fault.Html(502, false));
        silences.put(world.customer(), new Fault.Reset(false));
        silences.put(world.customer(), Fault.refused(131000));
        var hung = world.customer();
        world.sandbox.failNext(hung.substring(1), 1, new Fault.Silence(false));
        world.send(world.a, coach, "f13" + hung, hung, "respond-async");
        silences.forEach((to, fault) -> {
            world.sandbox.failNext(to.substring(1), 1, fault);
            var answer = world.send(world.a, coach, "f13" + to, to, "wait=10");
            assertThat(answer.shown()).as("%s", fault).isEqualTo("unconfirmed");
        });
        Pause.until("the silent call begins", Duration.ofSeconds(10), () -> world.truth.calls(hung) == 1);
        silences.put(hung, new Fault.Silence(false));

        world.timePasses();
        silences.keySet().forEach(to -> world.awaitFacts(idTo(to), "UNKNOWN / UNKNOWN / RESERVE"));
        world.timePasses();
        Pause.of(Duration.ofSeconds(1));
        silences.keySet().forEach(to -> assertThat(world.truth.calls(to)).isEqualTo(1));
    }

    @Test
    void f13_what_was_refused_for_now_or_never_left_is_sent_later() {
        var busy = world.customer();
        world.sandbox.failNext(busy.substring(1), 1, Fault.refused(131016));
        world.send(world.a, coach, "f13" + busy, busy, "wait=1");
        world.awaitFacts(idTo(busy), "ACCEPTED / REJECTED ACCEPTED / RESERVE CAPTURE");

        var unreachable = world.customer();
        world.whatsApp.shut();
        // A connection that was idle for so long is looked at before it is used.
        Pause.of(Duration.ofMillis(700));
        world.send(world.a, coach, "f13" + unreachable, unreachable, "wait=1");
        assertThat(world.facts(idTo(unreachable))).startsWith("QUEUED / NOT_SENT");
        world.whatsApp.open();
        Pause.until(
                "it is sent",
                Duration.ofSeconds(30),
                () -> world.facts(idTo(unreachable)).startsWith("ACCEPTED / NOT_SENT"));
        assertThat(world.truth.calls(unreachable)).isEqualTo(1);
    }

    @Test
    void f14_a_storm_of_rate_limits_fails_nothing() {
        world.sandbox.failNext(30, Fault.refused(130429));
        var ids = new ArrayList<UUID>();
        for (var n = 0; n < 20; n++) {
            ids.add(world.send(world.a, coach, "f14-" + n, world.customer(), "respond-async")
                    .messageId());
        }
        Pause.until("all are sent", Duration.ofSeconds(60), () -> {
            world.timePasses();
            return ids.stream().allMatch(id -> world.facts(id).startsWith("ACCEPTED"));
        });
    }

    @Test
    void f15_too_many_messages_to_one_person_keep_nobody_else_waiting() throws Exception {
        var person = world.customer();
        world.sandbox.failNext(person.substring(1), 2, Fault.refused(131056));
        var slow = world.send(world.a, coach, "f15", person, "respond-async").messageId();
        Pause.until(
                "it was refused",
                Duration.ofSeconds(10),
                () -> world.facts(slow).contains("REJECTED"));
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var others = new ArrayList<java.util.concurrent.Future<Integer>>();
            for (var n = 0; n < 10; n++) {
                var key = "f15-" + n;
                var to = world.customer();
                others.add(pool.submit(
                        () -> world.send(world.a, coach, key, to, "wait=10").status()));
            }
            for (var other : others) {
                assertThat(other.get()).isEqualTo(200);
            }
        }
        Pause.until(
                "it is sent in the end",
                Duration.ofSeconds(30),
                () -> world.facts(slow).startsWith("ACCEPTED / REJECTED REJECTED ACCEPTED"));
        assertThat(Duration.ofMillis(world.rows.count("""
            SELECT floor(extract(epoch FROM max(begun_at) - min(begun_at)) * 1000)::bigint
              FROM attempt
             WHERE message_id = ?
            """, slow)))
                .as("1 s, then 4 s")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    private UUID idTo(String to) {
        return UUID.fromString(
                world.rows.one("SELECT id FROM message WHERE direction = 'OUTBOUND' AND recipient_phone = ?", to));
    }
}
