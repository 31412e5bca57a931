package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.Meta;
import com.funnelseye.sandbox.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What reports tell of the people the messages were for.
class RecipientsTest extends DeliveryTest {

    private Person jane;
    private UUID contact;

    @BeforeEach
    void a_coach_whose_customer_wrote() throws Exception {
        jane = given.coach("Jane");
        contact = given.lead(jane, JOHN);
        given.customerWrote(JOHN, "Hi!", Instant.now().minusSeconds(3600));
    }

    @Test
    void marketing_held_back_may_be_tried_again_after_a_day() throws Exception {
        for (var code : new int[] {131049, 130472}) {
            var message = sent(jane);
            meta().tell(meta().told(message.wamid()).failed(code));
            readWebhooks();
            var shown = thread().valueStream()
                    .filter(one ->
                            one.path("_id").asString().equals(message.id().toString()))
                    .findFirst()
                    .orElseThrow();
            var failedAt = Instant.parse(shown.path("failedAt").asString());
            assertThat(Instant.parse(shown.path("failure").path("retryableAt").asString()))
                    .isEqualTo(failedAt.plus(Duration.ofHours(24)));
            assertThat(facts(message.id()).ledger()).isEqualTo("RESERVE CAPTURE REFUND");
        }
    }

    @Test
    void a_failure_that_waiting_does_not_help_names_no_time() throws Exception {
        var message = sent(jane);
        meta().tell(meta().told(message.wamid()).failed(131026));
        readWebhooks();
        var failure = thread().path(thread().size() - 1).path("failure");
        assertThat(failure.path("code").asString()).isEqualTo("131026");
        assertThat(failure.has("retryableAt")).isTrue();
        assertThat(failure.path("retryableAt").isNull()).isTrue();
    }

    @Test
    void somebody_whatsapp_cannot_reach_is_marked_until_a_message_arrives() throws Exception {
        for (var code : new int[] {131026, 130403}) {
            var message = sent(jane);
            meta().tell(meta().told(message.wamid()).failed(code));
            readWebhooks();
            assertThat(shown().path("unreachable").asBoolean()).as("%d", code).isTrue();

            var next = sent(jane);
            sandbox.report(next.wamid(), Status.DELIVERED);
            readWebhooks();
            assertThat(shown().path("unreachable").asBoolean()).isFalse();

            meta().tell(meta().told(message.wamid()).failed(code));
            readWebhooks();
            assertThat(shown().path("unreachable").asBoolean())
                    .as("said before")
                    .isFalse();
        }
    }

    @Test
    void somebody_who_writes_can_be_reached() throws Exception {
        var message = sent(jane);
        meta().tell(meta().told(message.wamid()).failed(131026).at(Instant.now().minusSeconds(60)));
        readWebhooks();
        assertThat(shown().path("unreachable").asBoolean()).isTrue();
        given.customerWrote(JOHN, "I am back");
        assertThat(shown().path("unreachable").asBoolean()).isFalse();
    }

    @Test
    void somebody_who_stopped_marketing_at_whatsapp_is_opted_out_and_comes_back_there() throws Exception {
        var message = sent(jane);
        meta().tell(meta().told(message.wamid()).failed(131050));
        readWebhooks();
        assertThat(shown().path("optOut").asBoolean()).isTrue();

        choose("resume", 1_800_000_100);
        assertThat(shown().path("optOut").asBoolean()).isFalse();

        meta().tell(meta().told(message.wamid()).failed(131050));
        readWebhooks();
        assertThat(shown().path("optOut").asBoolean())
                .as("the old report, again")
                .isFalse();
    }

    @Test
    void of_what_people_choose_in_whatsapp_the_newest_counts_whatever_comes_last() throws Exception {
        choose("stop", 1_800_000_100);
        assertThat(shown().path("optOut").asBoolean()).isTrue();
        choose("resume", 1_800_000_200);
        assertThat(shown().path("optOut").asBoolean()).isFalse();
        choose("stop", 1_800_000_100);
        assertThat(shown().path("optOut").asBoolean()).as("replayed").isFalse();
        choose("stop", 1_800_000_300);
        assertThat(shown().path("optOut").asBoolean()).isTrue();
        assertThat(jdbc.sql("SELECT count(*) FROM opt_out_change WHERE source = 'WHATSAPP'")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    private void choose(String value, long timestamp) throws Exception {
        var body = """
            {"entry":[{"changes":[{"field":"user_preferences","value":{"metadata":{},"user_preferences":[
             {"wa_id":"%s","category":"marketing_messages","value":"%s","timestamp":%d}]}}]}]}\
            """.formatted(JOHN.substring(1), value, timestamp);
        Meta meta = meta();
        assertThat(meta.post(body, meta.signature(body))).isEqualTo(200);
        while (work.pass("preferenceReading") > 0) {
            // until nothing is left
        }
    }

    private JsonNode shown() {
        return Answer.to(jane.http().get().uri("/api/messaging/contacts/" + contact))
                .data();
    }

    private JsonNode thread() {
        return Answer.to(jane.http().get().uri("/api/messaging/inbox/conversation/" + contact))
                .data()
                .path("messages");
    }
}
