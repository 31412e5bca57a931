package com.funnelseye.messaging.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.alerts.Alert.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// What an operator should know of now, and what has been.
class AlertsTest extends ServerTest {

    @Autowired
    Alerts alerts;

    @Test
    void an_alert_is_raised_once_and_cleared_once_however_often_it_is_said() {
        var admin = given.admin("whatsapp_management");
        alerts.raise(Kind.CHANNEL_STOPPED, "106540352242922", "190");
        alerts.raise(Kind.CHANNEL_STOPPED, "106540352242922", "368");
        assertThat(list(admin, "")).singleElement().satisfies(alert -> {
            assertThat(alert.path("kind").asString()).isEqualTo("channel_stopped");
            assertThat(alert.path("details").asString()).isEqualTo("190");
            assertThat(alert.path("until").isNull()).isTrue();
        });

        clock.advance(Duration.ofMinutes(3));
        alerts.clear(Kind.CHANNEL_STOPPED, "106540352242922");
        alerts.clear(Kind.CHANNEL_STOPPED, "106540352242922");
        assertThat(list(admin, "?open=true")).isEmpty();
        assertThat(list(admin, "?open=false"))
                .singleElement()
                .satisfies(
                        alert -> assertThat(alert.path("until").isNull()).isFalse());
    }

    @Test
    void what_comes_back_is_a_new_alert() {
        var admin = given.admin("whatsapp_management");
        alerts.raise(Kind.DEAD_LETTERS, "events", "1");
        alerts.clear(Kind.DEAD_LETTERS, "events");
        alerts.raise(Kind.DEAD_LETTERS, "events", "2");
        assertThat(list(admin, "")).hasSize(2);
        assertThat(list(admin, "?open=true")).hasSize(1);
    }

    @Test
    void saying_all_there_is_to_say_ends_what_is_not_named() {
        var one = UUID.randomUUID().toString();
        var two = UUID.randomUUID().toString();
        alerts.set(Kind.UNCONFIRMED, Map.of(one, "since noon", two, "since one"));
        alerts.raise(Kind.SENDING_LATE, "outbox", "two minutes");

        alerts.set(Kind.UNCONFIRMED, Map.of(two, "since one"));

        assertThat(alerts.open()).extracting(Alert::subject).containsExactlyInAnyOrder(two, "outbox");
    }

    @Test
    void what_was_over_long_ago_is_forgotten_and_what_lasts_is_not() {
        alerts.raise(Kind.SENDING_LATE, "outbox", "late");
        alerts.raise(Kind.WEBHOOKS_SILENT, "webhooks", "silent");
        alerts.clear(Kind.SENDING_LATE, "outbox");
        clock.advance(Duration.ofDays(91));
        assertThat(work.pass("alertCleaning")).isEqualTo(1);
        assertThat(alerts.open()).extracting(Alert::kind).containsExactly(Kind.WEBHOOKS_SILENT);
    }

    private static List<JsonNode> list(Person admin, String query) {
        var answer = Answer.to(admin.http().get().uri("/api/messaging/admin/alerts" + query));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return List.copyOf(answer.data().path("alerts").values());
    }
}
