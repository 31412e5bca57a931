package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

class ScheduleTest extends ServerTest {

    private static final String JOHN = "+12125550123";

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

    private ResponseSpec send(Person who, Instant at) {
        return post(who, Map.of("to", JOHN, "message", "See you tomorrow", "scheduledAt", at.toString()));
    }

    private UUID scheduled(Person who) {
        send(who, Instant.now().plus(Duration.ofHours(2))).expectStatus().isEqualTo(202);
        return jdbc.sql("SELECT message_id FROM outbox ORDER BY created_at DESC LIMIT 1")
                .query(UUID.class)
                .single();
    }

    /// The outbox keeps the database's time, which no test can set.
    private void timeComes(UUID id) {
        jdbc.sql("UPDATE outbox SET due_at = now(), scheduled_at = now() WHERE message_id = :id")
                .param("id", id)
                .update();
    }

    private static ResponseSpec post(Person who, Map<String, ?> body) {
        return who.http().post().uri("/api/messaging/send").body(body).exchange();
    }

    private static ResponseSpec cancel(Person who, UUID id) {
        return who.http().delete().uri("/api/messaging/scheduled/" + id).exchange();
    }

    private static ResponseSpec change(Person who, UUID id, Map<String, ?> body) {
        return who.http()
                .put()
                .uri("/api/messaging/scheduled/" + id)
                .body(new HashMap<>(body))
                .exchange();
    }

    private static BodyContentSpec listed(Person who) {
        return who.http()
                .get()
                .uri("/api/messaging/scheduled")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private static String body(ResponseSpec answer) {
        return String.valueOf(answer.expectStatus()
                .isNotFound()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private long available(Person who) {
        return jdbc.sql("SELECT available FROM credit_account WHERE coach_id = :id")
                .param("id", who.id())
                .query(Long.class)
                .single();
    }

    private long attempts(UUID id) {
        return jdbc.sql("SELECT count(*) FROM attempt WHERE message_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private String statusOf(Person who, UUID id) {
        var thread = String.valueOf(who.http()
                .get()
                .uri("/api/messaging/inbox/conversation/" + contactOf(id))
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        var message = new tools.jackson.databind.json.JsonMapper()
                .readTree(thread)
                .path("data")
                .path("messages")
                .valueStream()
                .filter(node -> node.path("_id").asString().equals(id.toString()))
                .findFirst()
                .orElseThrow();
        return message.path("status").asString();
    }

    private UUID contactOf(UUID id) {
        return jdbc.sql("SELECT contact_id FROM message WHERE id = :id")
                .param("id", id)
                .query(UUID.class)
                .single();
    }
}
