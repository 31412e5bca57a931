package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.sandbox.Fault;
import com.funnelseye.sandbox.MagicNumber;
import com.funnelseye.sandbox.Status;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// What each of WhatsApp's answers does to a message and its money.
class SendResultsTest extends DeliveryTest {

    @Test
    void what_whatsapp_refuses_because_of_the_request_is_answered_400_and_costs_nothing() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        for (var code : List.of(
                100, 131008, 131009, 131021, 131026, 131030, 131047, 131050, 131051, 131053, 132000, 132001, 132015,
                132016)) {
            sandbox.failNext(Fault.refused(code));
            var answer = send(jane, JOHN);

            assertThat(answer.status()).as("code %d", code).isEqualTo(400);
            assertRefusedAsSampled(answer, code);
            var message = UUID.fromString(answer.data().path("messageId").asString());
            assertThat(facts(message)).isEqualTo(new Facts("FAILED", "REJECTED", "RESERVE RELEASE"));
            assertThat(status(jane, contact, message)).isEqualTo("failed");
        }
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void what_whatsapp_refuses_for_any_other_reason_is_answered_500_in_the_same_words() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        for (var code : List.of(130497, 135000, 137000, 987654)) {
            sandbox.failNext(Fault.refused(code));
            var answer = send(jane, JOHN);

            assertThat(answer.status()).as("code %d", code).isEqualTo(500);
            assertRefusedAsSampled(answer, code);
        }
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void what_whatsapp_puts_off_waits_in_the_queue_and_is_sent_when_it_is_due() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        for (var code :
                List.of(2, 4, 17, 80007, 130429, 131016, 131048, 131056, 131057, 131064, 133000, 133004, 133015)) {
            sandbox.failNext(Fault.refused(code));
            var answer = send(jane, JOHN);
            assertThat(answer.status()).as("code %d", code).isEqualTo(202);
            assertThat(answer.data().path("status").asString()).isEqualTo("queued");
            assertThat(answer.data().path("creditsUsed").asInt(-1)).isZero();
            assertThat(facts(idIn(answer))).isEqualTo(new Facts("QUEUED", "REJECTED", "RESERVE"));

            work.send();
            assertThat(facts(idIn(answer))).as("too early").isEqualTo(new Facts("QUEUED", "REJECTED", "RESERVE"));

            timePasses();
            work.send();
            assertThat(facts(idIn(answer)))
                    .as("code %d", code)
                    .isEqualTo(new Facts("ACCEPTED", "REJECTED ACCEPTED", "RESERVE CAPTURE"));
        }
    }

    @Test
    void what_whatsapp_puts_off_for_ever_expires_after_twelve_tries() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        sandbox.failAlways(JOHN, Fault.refused(131016));
        var message = queue(jane, JOHN);
        var before = calls(JOHN);
        for (var pass = 1; pass <= 15; pass++) {
            timePasses();
            work.send();
        }
        assertThat(calls(JOHN) - before).isEqualTo(12);
        assertThat(facts(message).state()).isEqualTo("FAILED");
        assertThat(facts(message).ledger()).isEqualTo("RESERVE RELEASE");
        assertThat(failureCode(message)).isEqualTo("EXPIRED");
        assertThat(status(jane, contact, message)).isEqualTo("failed");
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void what_whatsapp_puts_off_for_longer_than_a_day_expires() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = queue(jane, JOHN);
        jdbc.sql("UPDATE outbox SET created_at = now() - interval '25 hours'").update();
        sandbox.failNext(Fault.refused(131016));
        work.send();
        assertThat(facts(message)).isEqualTo(new Facts("FAILED", "REJECTED", "RESERVE RELEASE"));
        assertThat(failureCode(message)).isEqualTo("EXPIRED");
    }

    @Test
    void what_may_have_been_sent_is_unconfirmed_and_never_sent_again_by_itself() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        for (var fault : List.of(
                new Fault.Reset(true),
                new Fault.Reset(false),
                new Fault.Html(500, true),
                new Fault.Html(500, false),
                new Fault.Html(502, false),
                new Fault.Html(200, true),
                new Fault.Truncated(),
                Fault.refused(1),
                Fault.refused(131000))) {
            sandbox.failNext(fault);
            var before = calls(JOHN);
            var answer = send(jane, JOHN);
            assertThat(answer.status()).as("%s", fault).isEqualTo(202);
            assertThat(answer.data().path("status").asString()).isEqualTo("unconfirmed");
            assertThat(answer.data().path("creditsUsed").asInt(-1)).isZero();

            for (var pass = 0; pass < 3; pass++) {
                timePasses();
                work.send();
                work.pass("reaperWork");
                readWebhooks();
            }
            assertThat(calls(JOHN) - before).as("%s", fault).isEqualTo(1);
            assertThat(facts(idIn(answer))).as("%s", fault).isEqualTo(new Facts("UNKNOWN", "UNKNOWN", "RESERVE"));
            assertThat(status(jane, contact, idIn(answer))).isEqualTo("unconfirmed");
        }
        assertThat(purse(jane)).isEqualTo(new Purse(91, 9, 0));
    }

    @Test
    void an_account_error_stops_the_number_until_a_health_call_finds_it_well() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        for (var code : List.of(190, 131031, 200, 131042, 368)) {
            sandbox.failNext(Fault.refused(code));
            var first = send(jane, JOHN);
            assertThat(first.status()).as("code %d", code).isEqualTo(202);
            assertThat(facts(idIn(first))).isEqualTo(new Facts("QUEUED", "REJECTED", "RESERVE"));

            var money = purse(jane);
            var before = calls(JOHN);
            var second = send(jane, JOHN);
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.body().path("code").asString()).isEqualTo("CHANNEL_DOWN");
            assertThat(second.body().path("message").asString()).isEqualTo("Failed to send message");
            assertThat(second.body().path("error").asString()).startsWith("WhatsApp API error: ");
            assertThat(second.data().path("whatsapp").path("code").asInt()).isEqualTo(code);
            timePasses();
            work.send();
            assertThat(calls(JOHN)).as("nothing is begun").isEqualTo(before);
            assertThat(purse(jane)).as("nothing is charged").isEqualTo(money);

            work.pass("channelProbe");
            work.send();
            assertThat(facts(idIn(first))).isEqualTo(new Facts("ACCEPTED", "REJECTED ACCEPTED", "RESERVE CAPTURE"));
        }
    }

    /// Otherwise the sender's next pass, or another node, spends a try on it before the stop is known.
    @Test
    void a_message_that_met_an_account_error_is_not_due_again_at_once() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        sandbox.failNext(Fault.refused(190));
        var message = idIn(send(jane, JOHN));
        assertThat(jdbc.sql("SELECT due_at > now() FROM outbox WHERE message_id = :id")
                        .param("id", message)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void a_window_that_closes_while_the_message_waits_fails_it_unsent() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = queue(jane, JOHN);
        jdbc.sql("UPDATE last_inbound SET at = now() - interval '25 hours'").update();
        var before = calls(JOHN);
        work.send();
        assertThat(calls(JOHN)).isEqualTo(before);
        assertThat(facts(message)).isEqualTo(new Facts("FAILED", "NOT_SENT", "RESERVE RELEASE"));
        assertThat(failureCode(message)).isEqualTo("WINDOW_CLOSED");
    }

    @Test
    void outside_the_window_nothing_is_stored_sent_or_charged() throws Exception {
        var jane = given.coach("Jane");
        given.lead(jane, JOHN);
        var before = calls(JOHN);
        var answer = send(jane, JOHN);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asString()).isEqualTo("WINDOW_CLOSED");
        assertThat(calls(JOHN)).isEqualTo(before);
        assertThat(count("SELECT count(*) FROM message")).isZero();
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void the_magic_numbers_end_as_they_promise() throws Exception {
        var jane = given.coach("Jane");
        assertThat(sentTo(jane, MagicNumber.RESET_ACCEPTED)).isEqualTo("UNKNOWN");
        assertThat(sentTo(jane, MagicNumber.RESET_REFUSED)).isEqualTo("UNKNOWN");
        assertThat(sentTo(jane, MagicNumber.BROKEN)).isEqualTo("UNKNOWN");
        assertThat(sentTo(jane, MagicNumber.BROKEN_ACCEPTED)).isEqualTo("UNKNOWN");
        assertThat(sentTo(jane, MagicNumber.UNKNOWN_ERROR)).isEqualTo("UNKNOWN");
        assertThat(sentTo(jane, MagicNumber.TRUNCATED)).isEqualTo("UNKNOWN");
        assertThat(sentTo(jane, MagicNumber.NO_STATUS)).isEqualTo("ACCEPTED");
        assertThat(sentTo(jane, MagicNumber.UNREACHABLE)).isEqualTo("ACCEPTED");
    }

    @Test
    void the_throttled_numbers_are_reached_at_the_third_try() throws Exception {
        var jane = given.coach("Jane");
        for (var number : List.of(MagicNumber.THROTTLED, MagicNumber.PAIR_LIMITED, MagicNumber.UNAVAILABLE)) {
            given.leadWhoWrote(jane, number.number());
            var before = acceptances(number.number());
            var message = queue(jane, number.number());
            for (var pass = 0; pass < 3; pass++) {
                timePasses();
                work.send();
            }
            assertThat(facts(message))
                    .as("%s", number)
                    .isEqualTo(new Facts("ACCEPTED", "REJECTED REJECTED ACCEPTED", "RESERVE CAPTURE"));
            assertThat(acceptances(number.number()) - before).isEqualTo(1);
        }
    }

    @Test
    void an_answer_slower_than_its_webhook_changes_nothing_more() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        sandbox.failNext(new Fault.Slow(Duration.ofMillis(300)));
        var message = queue(jane, JOHN);
        var before = acceptances(JOHN);
        work.pass("senderWork");
        var wamid = acceptedAfter(before);
        sandbox.report(wamid, Status.DELIVERED);
        readWebhooks();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));
        var healed = fingerprint();

        work.send();

        assertThat(fingerprint()).isEqualTo(healed);
    }

    private String acceptedAfter(long before) {
        var until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (acceptances(JOHN) == before && System.nanoTime() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        return sandbox.acceptances().getLast().wamid();
    }

    private String sentTo(Person coach, MagicNumber number) throws Exception {
        given.leadWhoWrote(coach, number.number());
        return facts(idIn(send(coach, number.number()))).state();
    }

    private static void assertRefusedAsSampled(Answer answer, int code) {
        assertThat(answer.body().path("success").asBoolean(true)).isFalse();
        assertThat(answer.body().path("message").asString()).isEqualTo("Failed to send message");
        var whatsApp = answer.data().path("whatsapp");
        assertThat(whatsApp.path("code").asString()).isEqualTo(Integer.toString(code));
        assertThat(whatsApp.path("title").asString()).isNotBlank();
        assertThat(answer.body().path("error").asString())
                .isEqualTo("WhatsApp API error: " + whatsApp.path("title").asString());
        assertThat(answer.body().path("code").asString()).isNotBlank();
    }

    private String failureCode(UUID message) {
        return jdbc.sql("SELECT failure_code FROM message WHERE id = :id")
                .param("id", message)
                .query(String.class)
                .single();
    }
}
