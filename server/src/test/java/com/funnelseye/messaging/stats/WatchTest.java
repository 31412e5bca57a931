package com.funnelseye.messaging.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.alerts.Alert;
import com.funnelseye.messaging.alerts.Alert.Kind;
import com.funnelseye.messaging.alerts.Alerts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What goes wrong is told to operators by itself, and that it is over.
class WatchTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @Autowired
    Alerts alerts;

    @Test
    void all_is_quiet_while_all_is_well() throws Exception {
        sent(given.coach("Jane"));
        look();
        assertThat(alerts.open()).isEmpty();
    }

    @Test
    void messages_that_are_due_and_not_sent_are_told_of() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        send(jane, "respond-async");
        jdbc.sql("UPDATE outbox SET due_at = now() - interval '61 seconds'").update();
        look();
        assertThat(alerts.open()).extracting(Alert::kind).containsExactly(Kind.SENDING_LATE);

        work.send();
        look();
        assertThat(alerts.open()).isEmpty();
    }

    @Test
    void webhooks_that_stop_while_messages_are_accepted_are_told_of() throws Exception {
        var jane = given.coach("Jane");
        sent(jane);
        jdbc.sql("UPDATE whatsapp_event SET received_at = received_at - interval '40 minutes'")
                .update();
        jdbc.sql("UPDATE message SET sent_at = sent_at - interval '20 minutes' WHERE direction = 'OUTBOUND'")
                .update();
        look();
        assertThat(alerts.open()).extracting(Alert::kind).containsExactly(Kind.WEBHOOKS_SILENT);

        given.customerWrote(JOHN, "Still there?");
        look();
        assertThat(alerts.open()).isEmpty();
    }

    @Test
    void a_broken_rule_is_told_of_by_its_name_until_it_holds_again() throws Exception {
        var admin = given.admin("whatsapp_management");
        var jane = given.coach("Jane");
        sent(jane);
        look();
        assertThat(rules(admin).data().path("holds").asBoolean()).isTrue();

        jdbc.sql("UPDATE message SET outcome = NULL WHERE direction = 'OUTBOUND'").update();
        look();
        look();
        assertThat(alerts.open())
                .extracting(Alert::subject)
                .containsExactlyInAnyOrder(
                        "an outbound message is either open or settled",
                        "I8 an accepted attempt means an accepted message");
        var report = rules(admin);
        assertThat(report.data().path("holds").asBoolean()).isFalse();
        assertThat(report.data().path("complete").asBoolean()).isTrue();

        jdbc.sql("UPDATE message SET outcome = 'ACCEPTED' WHERE direction = 'OUTBOUND'")
                .update();
        look();
        assertThat(alerts.open()).as("only a look at everything can say so").hasSize(2);
        work.pass("allRuleWork");
        assertThat(alerts.open()).isEmpty();
    }

    @Test
    void the_health_page_shows_what_lasts() {
        var admin = given.admin("whatsapp_management");
        alerts.raise(Kind.DEAD_LETTERS, "events", "some");
        var health = Answer.to(admin.http().get().uri("/api/messaging/admin/health")).data();
        assertThat(health.path("alerts").path("status").asString()).isEqualTo("warn");
        assertThat(health.path("alerts").path("open").size()).isEqualTo(1);
    }

    @Test
    void a_report_of_another_number_is_told_of_for_a_week() {
        alerts.raise(Kind.FOREIGN_REPORT, "some attempt", "of another number");
        clock.advance(Duration.ofDays(6));
        look();
        assertThat(alerts.open()).hasSize(1);
        clock.advance(Duration.ofDays(2));
        look();
        assertThat(alerts.open()).isEmpty();
    }

    private void look() {
        for (var worker : List.of("watchWork", "ruleWork")) {
            work.pass(worker);
        }
    }

    private Answer rules(Person admin) {
        return Answer.to(admin.http().get().uri("/api/messaging/admin/health/invariants"));
    }

    private void sent(Person coach) throws InterruptedException {
        given.leadWhoWrote(coach, JOHN);
        assertThat(send(coach, "wait=10").status()).isEqualTo(200);
    }

    private Answer send(Person coach, String prefer) {
        return Answer.to(coach.http()
                .post()
                .uri("/api/messaging/send")
                .header("Prefer", prefer)
                .body(Map.of("to", JOHN, "message", "Hello")));
    }
}
