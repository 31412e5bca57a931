package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.sandbox.Fault;
import com.funnelseye.sandbox.GraphError;
import com.funnelseye.sandbox.Status;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// WhatsApp accepted a message and could not bring it to the person.
class LaterFailureTest extends DeliveryTest {

    @Test
    void a_failure_is_refunded_once_and_a_later_arrival_changes_only_what_is_shown() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        var message = sent(jane);
        assertThat(purse(jane)).isEqualTo(new Purse(99, 0, 1));

        for (var again = 0; again < 3; again++) {
            sandbox.reportFailed(message.wamid(), GraphError.of(131026));
            readWebhooks();
        }
        assertThat(status(jane, contact, message.id())).isEqualTo("failed");
        assertThat(facts(message.id()).ledger()).isEqualTo("RESERVE CAPTURE REFUND");
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));

        sandbox.report(message.wamid(), Status.DELIVERED);
        readWebhooks();
        assertThat(status(jane, contact, message.id())).isEqualTo("delivered");
        assertThat(facts(message.id()).ledger()).isEqualTo("RESERVE CAPTURE REFUND");
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void a_failure_after_the_arrival_is_neither_shown_nor_refunded() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        for (var arrival : List.of(Status.DELIVERED, Status.READ)) {
            var message = sent(jane);
            sandbox.report(message.wamid(), arrival);
            readWebhooks();
            sandbox.reportFailed(message.wamid(), GraphError.of(131026));
            readWebhooks();
            assertThat(status(jane, contact, message.id()))
                    .isEqualTo(arrival.name().toLowerCase(Locale.ROOT));
            assertThat(facts(message.id()).ledger()).isEqualTo("RESERVE CAPTURE");
        }
    }

    @Test
    void an_unknown_message_reported_failed_is_charged_and_refunded() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        sandbox.failNext(new Fault.Truncated());
        var message = idIn(send(jane, JOHN));
        sandbox.reportFailed(sandbox.acceptances().getLast().wamid(), GraphError.of(131047));
        readWebhooks();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE REFUND"));
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }

    @Test
    void a_message_that_was_given_back_and_turns_out_accepted_is_shown_so_and_stays_free() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        sandbox.failNext(Fault.refused(131009));
        var message = UUID.fromString(send(jane, JOHN).data().path("messageId").asString());
        meta().tell(meta().told("wamid.after.all").as("delivered").naming(attemptOf(message)));
        readWebhooks();
        assertThat(status(jane, contact, message)).isEqualTo("delivered");
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE RELEASE"));

        meta().tell(meta().told("wamid.after.all").failed(131026));
        readWebhooks();
        assertThat(facts(message).ledger()).isEqualTo("RESERVE RELEASE");
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
    }
}
