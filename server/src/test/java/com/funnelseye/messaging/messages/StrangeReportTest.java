package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Meta;
import com.funnelseye.sandbox.Fault;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Reports that are not of ours, not from Meta, or not what we know.
class StrangeReportTest extends DeliveryTest {

    @Test
    void a_report_from_another_business_number_moves_nothing() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var accepted = sent(jane);
        sandbox.failNext(new Fault.Truncated());
        var unknown = idIn(send(jane, JOHN));
        var before = fingerprint();

        meta().tell(meta().told("wamid.stranger").naming(attemptOf(unknown)).from("999"));
        meta().tell(meta().told(accepted.wamid())
                .failed(131026)
                .naming(attemptOf(accepted.id()))
                .from("999"));
        readWebhooks();

        assertThat(fingerprint()).isEqualTo(before);
        assertThat(unread()).as("parked").isEqualTo(2);
    }

    @Test
    void an_attempt_that_has_its_wamid_answers_to_no_other() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        var before = fingerprint();
        meta().tell(meta().told("wamid.other").failed(131026).naming(attemptOf(message.id())));
        readWebhooks();
        assertThat(fingerprint()).isEqualTo(before);
    }

    /// Whatever is wrong with one report, those of other messages must get through.
    @Test
    void one_wamid_for_two_attempts_belongs_to_the_first_and_stops_nobody() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var first = sent(jane);
        sandbox.failNext(2, new Fault.Truncated());
        var second = idIn(send(jane, JOHN));
        var third = idIn(send(jane, JOHN));
        var other = sent(jane);

        meta().tell(meta().told(first.wamid()).as("delivered").naming(attemptOf(second)));
        meta().tell(meta().told("wamid.shared").as("delivered").naming(attemptOf(second)));
        meta().tell(meta().told("wamid.shared").as("delivered").naming(attemptOf(third)));
        meta().tell(meta().told(other.wamid()).as("read"));
        readWebhooks();

        assertThat(times(first.id())).doesNotStartWith("null");
        assertThat(facts(second).state()).isEqualTo("ACCEPTED");
        assertThat(facts(third).state()).isEqualTo("UNKNOWN");
        assertThat(times(other.id())).doesNotEndWith("null");
    }

    @Test
    void a_webhook_that_meta_did_not_sign_is_refused_and_leaves_no_row() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        var before = fingerprint();
        var events = count("SELECT count(*) FROM whatsapp_event");
        var body = meta().told(message.wamid()).as("read").json();
        var good = meta().signature(body);

        assertThat(meta().post(body, null)).isEqualTo(401);
        assertThat(meta().post(body, "")).isEqualTo(401);
        assertThat(meta().post(body, Meta.signature(body, "an old secret"))).isEqualTo(401);
        assertThat(meta().post(body, Meta.signature(body, sandbox.options().verifyToken())))
                .isEqualTo(401);
        assertThat(meta().post(body, good.replace("sha256=", "sha1="))).isEqualTo(401);
        assertThat(meta().post(body, good.replace("sha256=", ""))).isEqualTo(401);
        assertThat(meta().post(body.replace("read", "reae"), good)).isEqualTo(401);
        assertThat(meta().post(body + " ", good)).isEqualTo(401);
        assertThat(meta().post(body, altered(good))).isEqualTo(401);

        assertThat(count("SELECT count(*) FROM whatsapp_event")).isEqualTo(events);
        readWebhooks();
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void what_meta_signed_and_we_do_not_understand_is_taken_and_stops_nothing() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        UnaryOperator<String> odd = body -> body.replace("\"read\"", "\"teleported\"");
        for (var body : List.of(
                "{}",
                "[]",
                "null",
                "not json",
                "{\"entry\":[{\"changes\":[{\"value\":{\"statuses\":[{}]}}]}]}",
                odd.apply(meta().told(message.wamid()).as("read").json()),
                meta().told(message.wamid()).as("read").json().replace("\"timestamp\":\"", "\"timestamp\":\"x"),
                meta().told(message.wamid()).json().replace("sent", "\\u0000"))) {
            assertThat(meta().post(body, meta().signature(body))).as(body).isEqualTo(200);
        }
        readWebhooks();
        assertThat(status(jane, contact, message.id())).isEqualTo("read");
    }

    private static String altered(String signature) {
        var last = signature.charAt(signature.length() - 1);
        return signature.substring(0, signature.length() - 1) + (last == '0' ? '1' : '0');
    }
}
