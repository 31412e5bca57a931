package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.faults.Api.Answer;
import com.funnelseye.messaging.faults.World.Coach;
import com.funnelseye.sandbox.Fault;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server dies between any two steps of a send.
class CrashTest {

    /// What each transaction of a send does, and no other.
    static final String ACCEPT = "INSERT INTO message ";

    static final String BEGIN = "INSERT INTO attempt ";
    static final String RECORD = "UPDATE attempt";

    private final World world = World.shared();
    private final Coach coach = world.coach(20);

    @AfterEach
    void every_promise_held() {
        world.check();
    }

    @Test
    void f01_f02_f03_f04_one_crash_with_a_message_at_every_step() throws Exception {
        // F01 accepted, and the answer never came; F02 begun, not committed; F03 begun and committed, not sent;
        // F04 with WhatsApp, not recorded.
        var people = Stream.generate(world::customer).limit(4).iterator();
        // The other server is to begin nothing of this before the crash.
        world.b.database().shut();
        // A held begin holds the number's next slot: it comes last.
        var accepted = sent("f01", people.next(), Commit.answerHeld(ACCEPT));
        var begun = sent("f03", people.next(), Commit.answerHeld(BEGIN));
        var withWhatsApp = accepted("f04", people.next());
        var notBegun = sent("f02", people.next(), Commit.held(BEGIN));

        world.a.server().kill();
        for (var one : new Sent[] {accepted, notBegun, begun}) {
            one.commit().release();
        }
        world.b.database().open();

        // F01: the client repeats its key at the other server.
        Pause.until(
                "the other server is back",
                Duration.ofSeconds(30),
                () -> world.b.server().answers()
                        && world.send(world.b, coach, "f01", accepted.to(), "wait=10")
                                        .status()
                                == 200);
        var repeated = world.send(world.b, coach, "f01", accepted.to(), "wait=10");
        assertThat(world.facts(repeated.messageId())).isEqualTo("ACCEPTED / ACCEPTED / RESERVE CAPTURE");
        assertThat(world.truth.calls(accepted.to())).isEqualTo(1);
        assertThat(messagesTo(accepted.to())).isEqualTo(1);

        // F02: the begin never was, so it is sent, once.
        world.awaitFacts(idTo(notBegun.to()), "ACCEPTED / ACCEPTED / RESERVE CAPTURE");
        assertThat(world.truth.calls(notBegun.to())).isEqualTo(1);

        // F04: WhatsApp's report heals it, before any lease ends.
        world.awaitFacts(idTo(withWhatsApp.to()), "ACCEPTED / ACCEPTED / RESERVE CAPTURE");
        assertThat(world.truth.acceptances(withWhatsApp.to())).isEqualTo(1);

        // F03: it may have been sent for all we know, so it is not sent again.
        assertThat(world.facts(idTo(begun.to()))).isEqualTo("SENDING / OPEN / RESERVE");
        world.timePasses();
        world.awaitFacts(idTo(begun.to()), "UNKNOWN / UNKNOWN / RESERVE");
        world.timePasses();
        Pause.of(Duration.ofSeconds(1));
        assertThat(world.facts(idTo(begun.to()))).isEqualTo("UNKNOWN / UNKNOWN / RESERVE");
        assertThat(world.truth.calls(begun.to())).isZero();
        var told = world.send(world.b, coach, "f03", begun.to(), "wait=1");
        assertThat(told.shown()).isEqualTo("unconfirmed");
        assertThat(told.messageId()).isEqualTo(idTo(begun.to()));
    }

    @Test
    void f07_the_begin_is_committed_and_its_answer_lost_so_nothing_is_sent() {
        var to = world.customer();
        world.b.database().shut();
        var commit = world.a.database().next(Commit.answerLost(BEGIN));

        world.send(world.a, coach, "f07", to, "wait=1");
        commit.await();
        world.b.database().open();
        world.awaitFacts(idTo(to), "SENDING / OPEN / RESERVE");
        world.timePasses();

        world.awaitFacts(idTo(to), "UNKNOWN / UNKNOWN / RESERVE");
        assertThat(world.truth.calls(to)).isZero();
    }

    /// A message on its way whose server is about to die.
    private record Sent(String to, Commit commit, CompletableFuture<Answer> answer) {}

    private Sent sent(String key, String to, Commit commit) {
        world.a.database().next(commit);
        var answer = later(key, to);
        commit.await();
        return new Sent(to, commit, answer);
    }

    private Sent accepted(String key, String to) {
        world.sandbox.failNext(to.substring(1), 1, new Fault.Silence(true));
        var answer = later(key, to);
        Pause.until("WhatsApp accepts", Duration.ofSeconds(20), () -> world.truth.acceptances(to) == 1);
        return new Sent(to, Commit.held("nothing"), answer);
    }

    private CompletableFuture<Answer> later(String key, String to) {
        return CompletableFuture.supplyAsync(
                () -> world.send(world.a, coach, key, to, "wait=30"), Executors.newVirtualThreadPerTaskExecutor());
    }

    private UUID idTo(String to) {
        return UUID.fromString(
                world.rows.one("SELECT id FROM message WHERE direction = 'OUTBOUND' AND recipient_phone = ?", to));
    }

    private long messagesTo(String to) {
        return world.rows.count(
                "SELECT count(*) FROM message WHERE direction = 'OUTBOUND' AND recipient_phone = ?", to);
    }
}
