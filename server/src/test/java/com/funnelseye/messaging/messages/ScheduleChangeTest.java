package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Taking back and changing what waits for its time.
class ScheduleChangeTest extends Scheduling {

    @Test
    void cancelling_gives_the_credit_back_and_may_be_said_twice() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var id = scheduled(jane);

        cancel(jane, id)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.status")
                .isEqualTo("cancelled");
        cancel(jane, id).expectStatus().isOk();

        assertThat(available(jane)).isEqualTo(100);
        listed(jane).jsonPath("$.data.messages.length()").isEqualTo(0);
    }

    @Test
    void what_is_on_its_way_cannot_be_taken_back_or_changed() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var id = scheduled(jane);
        timeComes(id);
        work.send();

        cancel(jane, id)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("ALREADY_SENT");
        change(jane, id, Map.of("message", "Too late")).expectStatus().isEqualTo(409);
    }

    @Test
    void of_a_cancel_and_a_begin_at_once_exactly_one_wins() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        for (var round = 0; round < 10; round++) {
            var id = scheduled(jane);
            timeComes(id);
            var start = new CyclicBarrier(2);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var cancelled = threads.submit((Callable<Integer>) () -> {
                    start.await();
                    return cancel(jane, id)
                            .returnResult(String.class)
                            .getStatus()
                            .value();
                });
                start.await();
                work.send();
                var answer = cancelled.get();
                work.send();

                assertThat(statusOf(jane, id)).isEqualTo(answer == 200 ? "cancelled" : "sent");
                assertThat(attempts(id)).isEqualTo(answer == 200 ? 0 : 1);
            }
        }
        assertThat(jdbc.sql("SELECT reserved FROM credit_account WHERE coach_id = :id")
                        .param("id", jane.id())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void text_and_time_can_be_changed_while_it_waits() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var id = scheduled(jane);
        var later = Instant.now().plus(Duration.ofHours(30));

        change(jane, id, Map.of("message", "Better words", "scheduledAt", later.toString()))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.content.text")
                .isEqualTo("Better words")
                .jsonPath("$.data.warning")
                .isNotEmpty();
        timeComes(id);
        work.send();

        assertThat(sandbox.acceptances().getLast().text()).isEqualTo("Better words");
    }

    @Test
    void another_coachs_message_is_like_one_that_does_not_exist() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        given.leadWhoWrote(jane, JOHN);
        var id = scheduled(jane);

        var unknown = body(cancel(ravi, UUID.randomUUID()));
        assertThat(body(cancel(ravi, id))).isEqualTo(unknown).contains("Message not found");
        assertThat(body(change(ravi, id, Map.of("message", "x")))).isEqualTo(unknown);
        assertThat(statusOf(jane, id)).isEqualTo("queued");
    }

    @Test
    void an_admin_sees_and_cancels_everyones_and_it_is_noted() throws Exception {
        var jane = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        given.leadWhoWrote(jane, JOHN);
        var id = scheduled(jane);

        admin.http()
                .get()
                .uri("/api/messaging/admin/scheduled?coachId=" + jane.id())
                .exchange()
                .expectBody()
                .jsonPath("$.data.messages[0]._id")
                .isEqualTo(id.toString());
        admin.http()
                .delete()
                .uri("/api/messaging/admin/scheduled/" + id)
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(jdbc.sql("SELECT subject_id FROM audit_entry WHERE action = 'message.cancelled'")
                        .query(UUID.class)
                        .single())
                .isEqualTo(id);
    }
}
