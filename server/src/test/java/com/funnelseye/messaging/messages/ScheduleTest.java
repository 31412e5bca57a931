package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest extends Scheduling {

    @Test
    void a_scheduled_message_is_accepted_reserves_its_credit_and_waits() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var at = Instant.now().plus(Duration.ofHours(2));

        send(jane, at)
                .expectStatus()
                .isEqualTo(202)
                .expectBody()
                .jsonPath("$.message")
                .isEqualTo("Message scheduled")
                .jsonPath("$.data.status")
                .isEqualTo("queued")
                .jsonPath("$.data.scheduledAt")
                .value(
                        String.class,
                        shown -> assertThat(shown).startsWith(at.toString().substring(0, 19)))
                .jsonPath("$.data.warning")
                .doesNotExist()
                .jsonPath("$.data.remainingCredits")
                .isEqualTo(99);
        work.send();

        assertThat(jdbc.sql("SELECT count(*) FROM attempt").query(Long.class).single())
                .isZero();
        listed(jane)
                .jsonPath("$.data.messages.length()")
                .isEqualTo(1)
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1);
    }

    @Test
    void when_its_time_has_come_it_goes() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var id = scheduled(jane);

        timeComes(id);
        work.send();

        assertThat(statusOf(jane, id)).isEqualTo("sent");
        listed(jane).jsonPath("$.data.messages.length()").isEqualTo(0);
    }

    @Test
    void whoever_schedules_past_the_windows_end_is_warned() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);

        send(jane, Instant.now().plus(Duration.ofHours(30)))
                .expectStatus()
                .isEqualTo(202)
                .expectBody()
                .jsonPath("$.data.warning")
                .isNotEmpty();
    }

    @Test
    void a_window_that_closed_meanwhile_fails_the_message_and_gives_the_credit_back() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var id = scheduled(jane);

        jdbc.sql("UPDATE last_inbound SET at = at - interval '25 hours'").update();
        timeComes(id);
        work.send();

        assertThat(statusOf(jane, id)).isEqualTo("failed");
        assertThat(available(jane)).isEqualTo(100);
    }

    @Test
    void a_message_that_waited_for_days_is_not_too_old_when_its_first_try_fails() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var id = scheduled(jane);
        jdbc.sql("UPDATE outbox SET created_at = created_at - interval '3 days'")
                .update();

        timeComes(id);
        sandbox.failNext(com.funnelseye.sandbox.Fault.refused(131016));
        work.send();

        assertThat(statusOf(jane, id)).isEqualTo("queued");
    }

    @Test
    void a_time_that_is_none_or_past_or_too_far_is_refused_and_charges_nothing() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);

        for (var wrong : new String[] {"tomorrow", "", "2020-01-01T00:00:00Z", "2199-01-01T00:00:00Z"}) {
            post(jane, Map.of("to", JOHN, "message", "Hi", "scheduledAt", wrong))
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.fields.scheduledAt")
                    .isNotEmpty();
        }
        post(jane, Map.of("to", JOHN, "message", "Hi", "scheduledAt", 5))
                .expectStatus()
                .isBadRequest();
        assertThat(available(jane)).isEqualTo(100);
    }
}
