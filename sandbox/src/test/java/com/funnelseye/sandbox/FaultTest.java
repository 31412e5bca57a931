package com.funnelseye.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {

    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.demo().withPort(0).withTiming(StatusTiming.immediate()));
    private final GraphClient client = new GraphClient(sandbox);
    private final Receiver receiver = Receiver.open(sandbox.options().verifyToken());

    @BeforeEach
    void open() throws Exception {
        sandbox.deliverTo(receiver.address());
        assertThat(receiver.next().method()).isEqualTo("GET");
        assertThat(sandbox.awaitHandshake(Duration.ofSeconds(5))).isTrue();
    }

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
        receiver.close();
    }

    @ParameterizedTest
    @CsvSource({"UNREACHABLE,131026", "WINDOW_CLOSED,131047", "UNPAID,131042"})
    void some_are_accepted_and_fail_later(MagicNumber magic, int code) throws Exception {
        assertThat(client.send(magic.number(), "Hello").status()).isEqualTo(200);

        var status = receiver.next().value().at("/statuses/0");
        assertThat(status.path("status").asString()).isEqualTo("failed");
        assertThat(status.at("/errors/0/code").asInt()).isEqualTo(code);
        assertThat(status.at("/errors/0/title").asString())
                .isEqualTo(status.at("/errors/0/message").asString());
        assertThat(status.at("/errors/0/error_data/details").asString()).isNotEmpty();
        assertThat(status.has("pricing")).isFalse();
        assertQuiet();
    }

    @ParameterizedTest
    @CsvSource({"THROTTLED,130429", "PAIR_LIMITED,131056", "UNAVAILABLE,131016"})
    void some_refuse_twice_and_accept_the_third(MagicNumber magic, int code) throws Exception {
        for (var round = 0; round < 2; round++) {
            assertThat(client.send(magic.number(), "Hello").code()).isEqualTo(code);
            assertThat(client.send(magic.number(), "Hello").code()).isEqualTo(code);
            assertThat(client.send(magic.number(), "Hello").status()).isEqualTo(200);
        }
        assertThat(sandbox.acceptances()).hasSize(2);
    }

    @Test
    void a_timeout_is_accepted_before_the_caller_gives_up() throws Exception {
        client.patience(Duration.ofMillis(700));

        assertThatThrownBy(() -> client.send(MagicNumber.TIMEOUT.number(), "Hello"))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(sandbox.acceptances()).hasSize(1);
        assertThat(sandbox.requests().getLast().httpStatus()).isZero();
        assertStatuses("sent", "delivered", "read");
    }

    @Test
    void closing_ends_silent_answers() throws Exception {
        var answered = Thread.ofVirtual()
                .unstarted(() -> assertThatThrownBy(() -> client.send(MagicNumber.TIMEOUT.number(), "Hello"))
                        .isInstanceOf(IOException.class));
        answered.start();
        receiver.next();
        sandbox.close();

        assertThat(answered.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void a_reset_after_accepting_reaches_the_caller_as_a_reset() throws Exception {
        assertThatThrownBy(() -> client.send(MagicNumber.RESET_ACCEPTED.number(), "Hello"))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("reset");
        assertThat(sandbox.acceptances()).hasSize(1);
        assertStatuses("sent", "delivered", "read");
    }

    @Test
    void a_reset_before_accepting_leaves_nothing_behind() throws Exception {
        assertThatThrownBy(() -> client.send(MagicNumber.RESET_REFUSED.number(), "Hello"))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("reset");
        assertThat(sandbox.acceptances()).isEmpty();
        assertThat(sandbox.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"BROKEN,0", "BROKEN_ACCEPTED,1"})
    void an_html_page_hides_whether_it_was_accepted(MagicNumber magic, int accepted) throws Exception {
        var answer = client.send(magic.number(), "Hello");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).startsWith("<!DOCTYPE html>");
        assertThat(sandbox.acceptances()).hasSize(accepted);
        assertStatuses(accepted == 0 ? new String[0] : new String[] {"sent", "delivered", "read"});
    }

    @Test
    void status_scripts_may_skip_repeat_and_turn_around() throws Exception {
        client.send(MagicNumber.NO_STATUS.number(), "Hello");
        assertStatuses();
        client.send(MagicNumber.NO_RECEIPTS.number(), "Hello");
        assertStatuses("sent", "delivered");
        client.send(MagicNumber.READ_AT_ONCE.number(), "Hello");
        assertStatuses("sent", "read");
        client.send(MagicNumber.BACKWARDS.number(), "Hello");
        assertStatuses("read", "delivered", "sent");
        client.send(MagicNumber.REPEATED.number(), "Hello");
        assertStatuses("sent", "sent", "delivered", "delivered", "read", "read");
    }

    @Test
    void half_an_answer_is_still_an_acceptance() throws Exception {
        var answer = client.send(MagicNumber.TRUNCATED.number(), "Hello");

        assertThat(answer.status()).isEqualTo(200);
        assertThatThrownBy(answer::json).isInstanceOf(RuntimeException.class);
        assertThat(sandbox.acceptances()).hasSize(1);
    }

    @Test
    void a_slow_answer_is_overtaken_by_its_statuses() throws Exception {
        sandbox.failNext(new Fault.Slow(Duration.ofSeconds(20)));
        var sending = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(
                                () -> client.patience(Duration.ofSeconds(8)).send("+447700900123", "Hello"))
                        .isInstanceOf(IOException.class));
        assertStatuses("sent", "delivered", "read");

        assertThat(sending.isAlive()).isTrue();
        sandbox.close();
        assertThat(sending.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void an_unknown_error_is_refused_as_131000() throws Exception {
        var answer = client.send(MagicNumber.UNKNOWN_ERROR.number(), "Hello");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().at("/error/message").asString()).isEqualTo("(#131000) Something went wrong");
    }

    @Test
    void injected_faults_queue_up_for_anyone_or_for_one() throws Exception {
        sandbox.failNext(Fault.refused(130429));
        sandbox.failNext("+447700900999", 2, Fault.refused(368));

        assertThat(client.send("+447700900999", "Hello").code()).isEqualTo(368);
        assertThat(client.send("+447700900123", "Hello").code()).isEqualTo(130429);
        assertThat(client.send("+447700900123", "Hello").status()).isEqualTo(200);
        assertThat(client.send("+447700900999", "Hello").code()).isEqualTo(368);
        assertThat(client.send("+447700900999", "Hello").status()).isEqualTo(200);
    }

    @Test
    void every_nth_may_fail_until_faults_are_cleared() throws Exception {
        sandbox.failEvery(2, Fault.refused(131016));
        sandbox.failAlways("+447700900999", Fault.refused(131030));

        assertThat(codesOf(4)).containsExactly(-1, 131016, -1, 131016);
        assertThat(client.send("+447700900999", "Hello").code()).isEqualTo(131030);
        sandbox.clearFaults();
        assertThat(codesOf(2)).containsExactly(-1, -1);
        assertThat(client.send("+447700900999", "Hello").status()).isEqualTo(200);
    }

    private List<Integer> codesOf(int sends) throws Exception {
        var codes = new ArrayList<Integer>();
        for (var n = 0; n < sends; n++) {
            codes.add(client.send("+447700900123", "Hello").code());
        }
        return codes;
    }

    private void assertStatuses(String... statuses) throws InterruptedException {
        for (var status : statuses) {
            assertThat(receiver.next().about()).isEqualTo(status);
        }
        assertQuiet();
    }

    private void assertQuiet() throws InterruptedException {
        assertThat(sandbox.awaitIdle(Duration.ofSeconds(5))).isTrue();
        assertThat(receiver.waiting()).isZero();
    }
}
