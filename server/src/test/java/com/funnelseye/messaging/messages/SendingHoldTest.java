package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.alerts.Alert;
import com.funnelseye.messaging.alerts.Alerts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// A restored database may have forgotten sends: nothing goes out before an operator has looked.
class SendingHoldTest extends DeliveryTest {

    @Autowired
    SendingHold hold;

    @Autowired
    Outbox outbox;

    @Autowired
    Alerts alerts;

    private Person jane;
    private Person admin;

    @BeforeEach
    void a_coach_whose_customer_wrote() throws Exception {
        jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        admin = given.admin("whatsapp_management");
    }

    @AfterEach
    void held_no_longer() {
        jdbc.sql("DELETE FROM sending_hold").update();
    }

    @Test
    void every_open_message_is_unconfirmed_and_none_is_sent() {
        var before = calls(JOHN);
        var waiting = queue(jane, JOHN);
        var sending = queue(jane, JOHN);
        outbox.begin(sending);

        hold.begin();
        for (var pass = 0; pass < 3; pass++) {
            timePasses();
            work.send();
            work.pass("reaperWork");
        }

        for (var message : List.of(waiting, sending)) {
            assertThat(facts(message)).isEqualTo(new Facts("UNKNOWN", "UNKNOWN", "RESERVE"));
        }
        assertThat(calls(JOHN)).isEqualTo(before);
        assertThat(alerts.open()).extracting(Alert::kind).containsExactly(Alert.Kind.SENDING_HELD);
    }

    @Test
    void what_is_accepted_while_held_waits_and_goes_out_when_an_operator_says_so() {
        hold.begin();
        var accepted = queue(jane, JOHN);
        work.send();
        hold.begin();
        assertThat(facts(accepted)).as("a hold that lasts is not begun again").isEqualTo(
                new Facts("QUEUED", null, "RESERVE"));
        assertThat(state().data().path("held").asBoolean()).isTrue();

        assertThat(release("").status()).isEqualTo(400);
        assertThat(release("Compared with WhatsApp's numbers").status()).isEqualTo(200);
        assertThat(release("again").status()).isEqualTo(409);

        assertThat(state().data().path("held").asBoolean()).isFalse();
        assertThat(alerts.open()).isEmpty();
        work.send();
        assertThat(facts(accepted)).isEqualTo(new Facts("ACCEPTED", "ACCEPTED", "RESERVE CAPTURE"));
        assertThat(jdbc.sql("SELECT count(*) FROM audit_entry WHERE action = 'sending.released'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void an_operator_decides_about_each_message_the_hold_found() {
        var message = queue(jane, JOHN);
        hold.begin();
        release("looked at all");
        work.send();
        assertThat(facts(message).state()).isEqualTo("UNKNOWN");

        resend(message);
        work.send();
        assertThat(facts(message)).isEqualTo(new Facts("ACCEPTED", "UNKNOWN ACCEPTED", "RESERVE CAPTURE"));
    }

    private void resend(UUID message) {
        assertThat(post("/messages/%s/resend".formatted(message), "never sent").status())
                .isEqualTo(200);
    }

    private Answer release(String reason) {
        return post("/sending/release", reason);
    }

    private Answer post(String path, String reason) {
        return Answer.to(
                admin.http().post().uri("/api/messaging/admin" + path).body(Map.of("reason", reason)));
    }

    private Answer state() {
        return Answer.to(admin.http().get().uri("/api/messaging/admin/sending"));
    }
}
