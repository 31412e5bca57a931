package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.sandbox.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A request that comes twice does its work once.
class IdempotencyKeyTest extends DeliveryTest {

    private static final Map<String, Object> HELLO = Map.of("to", JOHN, "message", "Hello", "type", "text");

    @Autowired
    Outbox outbox;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void a_repeated_request_is_answered_from_the_message_it_made() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var before = acceptances(JOHN);

        var first = post(jane, "send", "k1", null, HELLO);
        var second = post(jane, "send", "k1", null, HELLO);

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.headers().get("Idempotent-Replayed")).isNull();
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.headers().getFirst("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(acceptances(JOHN) - before).isEqualTo(1);
        assertThat(purse(jane)).isEqualTo(new Purse(99, 0, 1));
    }

    @Test
    void the_answer_to_a_repeat_is_of_its_own_time() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);

        var queued = post(jane, "send", "k1", "respond-async", HELLO);
        var stillQueued = post(jane, "send", "k1", "respond-async", HELLO);
        var sent = post(jane, "send", "k1", null, HELLO);

        assertThat(queued.status()).isEqualTo(202);
        assertThat(stillQueued.status()).isEqualTo(202);
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        assertThat(idIn(sent)).isEqualTo(idIn(queued)).isEqualTo(idIn(stillQueued));
    }

    @Test
    void what_would_refuse_a_new_message_does_not_refuse_the_repeat() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        var first = post(jane, "send", "k1", null, HELLO);
        jdbc.sql("DELETE FROM last_inbound").update();
        jdbc.sql("UPDATE contact SET deleted_at = now() WHERE id = :id")
                .param("id", contact)
                .update();

        assertThat(post(jane, "send", "k1", null, HELLO).text()).isEqualTo(first.text());
        assertThat(post(jane, "send", "k2", null, HELLO).status()).isEqualTo(400);
    }

    @Test
    void another_body_or_path_with_the_same_key_is_refused() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        post(jane, "send", "k1", null, HELLO);

        var other = post(jane, "send", "k1", null, Map.of("to", JOHN, "message", "Bye", "type", "text"));
        var elsewhere = post(jane, "inbox/send", "k1", null, Map.of("contactId", contact, "message", "Hello"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().path("code").asString()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(elsewhere.status()).isEqualTo(422);
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void spaces_and_the_order_of_fields_do_not_make_another_body() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);

        var first = post(jane, "send", "k1", null, "{\"to\":\"%s\",\"message\":\"Hello\"}".formatted(JOHN));
        var second = post(jane, "send", "k1", null, "{ \"message\": \"Hello\",\n\"to\": \"%s\" }".formatted(JOHN));

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void a_refused_request_leaves_nothing_so_its_key_is_still_good() throws Exception {
        var jane = given.coach("Jane");
        given.lead(jane, JOHN);
        assertThat(post(jane, "send", "k1", null, HELLO).status()).isEqualTo(400);
        assertThat(rows()).isZero();

        given.customerWrote(JOHN, "Hi!");
        var sent = post(jane, "send", "k1", null, HELLO);
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        assertThat(sent.headers().get("Idempotent-Replayed")).isNull();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void without_credit_nothing_is_left_and_the_key_works_after_the_top_up() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        spend(jane, 100);
        assertThat(post(jane, "send", "k1", null, HELLO).status()).isEqualTo(402);

        spend(jane, -5);
        assertThat(post(jane, "send", "k1", null, HELLO).status()).isEqualTo(200);
    }

    @Test
    void a_message_whatsapp_refused_is_told_again_and_not_sent_again() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var before = calls(JOHN);
        sandbox.failNext(1, Fault.refused(131026));

        var first = post(jane, "send", "k1", null, HELLO);
        var second = post(jane, "send", "k1", null, HELLO);

        assertThat(first.status()).as(first.text()).isEqualTo(400);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.headers().getFirst("Idempotent-Replayed")).isEqualTo("true");
        assertThat(calls(JOHN) - before).isEqualTo(1);
    }

    @Test
    void a_key_is_its_account_s_own() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        given.leadWhoWrote(jane, JOHN);

        assertThat(idIn(post(jane, "send", "k1", null, HELLO)))
                .isNotEqualTo(idIn(post(ravi, "send", "k1", null, HELLO)));
    }

    @Test
    void admins_and_replies_have_keys_too() throws Exception {
        var jane = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        var contact = given.leadWhoWrote(jane, JOHN);
        var reply = Map.<String, Object>of("contactId", contact, "message", "Hello");

        assertThat(idIn(post(jane, "inbox/send", "k", null, reply)))
                .isEqualTo(idIn(post(jane, "inbox/send", "k", null, reply)));
        assertThat(idIn(post(admin, "admin/inbox/send", "k1", null, reply)))
                .isEqualTo(idIn(post(admin, "admin/inbox/send", "k1", null, reply)));
        assertThat(idIn(post(admin, "admin/send", "k2", null, HELLO)))
                .isEqualTo(idIn(post(admin, "admin/send", "k2", null, HELLO)));
        assertThat(messages()).isEqualTo(3);
    }

    @Test
    void a_scheduled_message_is_scheduled_once() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var at = clock.instant().plus(Duration.ofHours(30)).toString();
        var body = Map.<String, Object>of("to", JOHN, "message", "Hello", "scheduledAt", at);

        var first = post(jane, "send", "k1", null, body);
        var second = post(jane, "send", "k1", null, body);

        assertThat(first.status()).as(first.text()).isEqualTo(202);
        assertThat(second.text()).isEqualTo(first.text());
        jane.http()
                .delete()
                .uri("/api/messaging/scheduled/" + idIn(first))
                .exchange()
                .expectStatus()
                .isOk();
        var third = post(jane, "send", "k1", null, body);
        assertThat(third.data().path("status").asString()).isEqualTo("cancelled");
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void twenty_at_once_make_one_message() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var before = acceptances(JOHN);
        sandbox.failNext(1, new Fault.Slow(Duration.ofMillis(300)));

        var ids = new HashSet<UUID>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Answer>>();
            for (var n = 0; n < 20; n++) {
                running.add(pool.submit(() -> post(jane, "send", "k1", null, HELLO)));
            }
            for (var one : running) {
                var answer = one.get();
                assertThat(answer.status()).as(answer.text()).isIn(200, 202);
                ids.add(idIn(answer));
            }
        }

        assertThat(ids).hasSize(1);
        assertThat(messages()).isEqualTo(1);
        assertThat(acceptances(JOHN) - before).isEqualTo(1);
        assertThat(purse(jane)).isEqualTo(new Purse(99, 0, 1));
    }

    @Test
    void while_the_first_is_being_accepted_the_second_is_told_so() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = new TransactionTemplate(transactions).execute(_ -> {
                jdbc.sql("SELECT coach_id FROM credit_account WHERE coach_id = :id FOR UPDATE")
                        .param("id", jane.id())
                        .query(UUID.class)
                        .single();
                var waiting = pool.submit(() -> post(jane, "send", "k1", null, HELLO));
                awaitWaiting();
                var second = post(jane, "send", "k1", null, HELLO);
                assertThat(second.status()).as(second.text()).isEqualTo(409);
                assertThat(second.body().path("code").asString()).isEqualTo("IDEMPOTENCY_KEY_IN_USE");
                return waiting;
            });
            var made = idIn(first.get());
            assertThat(idIn(post(jane, "send", "k1", null, HELLO))).isEqualTo(made);
        }
    }

    @Test
    void a_request_that_dies_before_its_commit_leaves_no_key() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        jdbc.sql("ALTER TABLE idempotency_key RENAME TO hidden_key").update();
        try {
            assertThat(post(jane, "send", "k1", null, HELLO).status()).isEqualTo(500);
        } finally {
            jdbc.sql("ALTER TABLE hidden_key RENAME TO idempotency_key").update();
        }
        assertThat(messages()).isZero();
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));

        assertThat(post(jane, "send", "k1", null, HELLO).status()).isEqualTo(200);
    }

    @Test
    void after_its_commit_the_repeat_finds_the_message_wherever_its_server_died() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var before = calls(JOHN);
        var id = idIn(post(jane, "send", "k1", "respond-async", HELLO));
        assertThat(outbox.begin(id)).as("begun, and then dead").hasSize(1);

        var sending = post(jane, "send", "k1", "wait=1", HELLO);
        timePasses();
        work.pass("reaperWork");
        var unknown = post(jane, "send", "k1", null, HELLO);

        assertThat(sending.status()).isEqualTo(202);
        assertThat(sending.data().path("status").asString()).isEqualTo("queued");
        assertThat(unknown.status()).isEqualTo(202);
        assertThat(unknown.data().path("status").asString()).isEqualTo("unconfirmed");
        assertThat(idIn(unknown)).isEqualTo(idIn(sending)).isEqualTo(id);
        assertThat(calls(JOHN)).isEqualTo(before);
    }

    @Test
    void a_key_is_good_for_seven_days_and_then_gone() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var first = idIn(post(jane, "send", "k1", null, HELLO));
        post(jane, "send", "k2", null, HELLO);

        ageBy("7 days - 1 minute");
        assertThat(work.pass("keyClearing")).isZero();
        assertThat(idIn(post(jane, "send", "k1", null, HELLO))).isEqualTo(first);

        ageBy("1 minute");
        assertThat(idIn(post(jane, "send", "k1", null, HELLO))).isNotEqualTo(first);
        assertThat(work.pass("keyClearing")).as("k2 alone: k1 is new").isEqualTo(1);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void a_key_is_1_to_255_characters_long() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        assertThat(post(jane, "send", "k".repeat(255), null, HELLO).status()).isEqualTo(200);
        var tooLong = post(jane, "send", "k".repeat(256), null, HELLO);
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.body().path("fields").path("Idempotency-Key").asString())
                .isNotEmpty();
    }

    private void ageBy(String interval) {
        jdbc.sql("UPDATE idempotency_key SET created_at = created_at - :interval::interval")
                .param("interval", interval)
                .update();
    }

    private void awaitWaiting() {
        var until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < until) {
            var waiting = jdbc.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                    .query(Long.class)
                    .single();
            if (waiting > 0) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nobody waits");
    }

    private void spend(Person coach, long credits) {
        var kind = credits > 0 ? "CORRECTION" : "TOPUP";
        jdbc.sql("INSERT INTO ledger_entry (coach_id, kind, amount) VALUES (:coach, :kind::ledger_kind, :amount)")
                .param("coach", coach.id())
                .param("kind", kind)
                .param("amount", -credits)
                .update();
    }

    private long messages() {
        return jdbc.sql("SELECT count(*) FROM message WHERE direction = 'OUTBOUND'")
                .query(Long.class)
                .single();
    }

    private long rows() {
        return jdbc.sql("SELECT count(*) FROM idempotency_key")
                .query(Long.class)
                .single();
    }

    private static Answer post(Person person, String path, String key, @Nullable String prefer, Object body) {
        var request = person.http()
                .post()
                .uri("/api/messaging/" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", key);
        return Answer.to((prefer == null ? request : request.header("Prefer", prefer)).body(body));
    }
}
