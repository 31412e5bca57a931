package com.funnelseye.messaging.credits;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.Invariants;
import com.funnelseye.messaging.ServerTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class LastCreditsTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @Autowired
    Invariants invariants;

    @AfterEach
    void everything_adds_up() {
        invariants.assertHold();
    }

    @Test
    void fifty_threads_share_the_last_ten_credits() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        leave(jane, 10);

        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sends = new ArrayList<Future<Answer>>();
            for (var thread = 0; thread < 50; thread++) {
                sends.add(threads.submit(() -> send(jane)));
            }
            for (var send : sends) {
                answers.add(send.get());
            }
        }

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(10);
        assertThat(answers).filteredOn(answer -> answer.status() == 402).hasSize(40);
        assertThat(balance(jane)).isEqualTo(List.of(0L, 10L));
        assertThat(messages()).isEqualTo(10);
        work.send();
        assertThat(balance(jane)).isEqualTo(List.of(0L, 0L));
        invariants.assertHold();
    }

    @Test
    void a_send_without_credits_is_refused_in_the_documented_body_and_stores_nothing() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        leave(jane, 0);
        var rows = messages();

        var answer = send(jane);

        assertThat(answer.status()).isEqualTo(402);
        var body = answer.body();
        assertThat(body.path("success").asBoolean(true)).isFalse();
        assertThat(body.path("message").asString()).isEqualTo("Insufficient credits to send messages");
        assertThat(body.path("data").toString())
                .isEqualTo("{\"balance\":0,\"required\":1,"
                        + "\"suggestion\":\"Please purchase more credits to continue sending messages\"}");
        assertThat(messages()).isEqualTo(rows);
        assertThat(jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single())
                .isZero();
    }

    @Test
    void a_refused_send_to_a_stranger_leaves_no_contact_behind() throws Exception {
        var jane = given.coach("Jane");
        given.customerWrote(JOHN, "Hi!");
        leave(jane, 0);
        assertThat(send(jane).status()).isEqualTo(402);
        assertThat(jdbc.sql("SELECT count(*) FROM contact WHERE coach_id = :coach")
                        .param("coach", jane.id())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void credits_that_are_suspended_or_expired_are_not_spent() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        for (var status : List.of("SUSPENDED", "EXPIRED")) {
            jdbc.sql("UPDATE credit_account SET status = :status::credit_status")
                    .param("status", status)
                    .update();
            assertThat(send(jane).status()).as(status).isEqualTo(402);
        }
        assertThat(balance(jane)).isEqualTo(List.of(100L, 0L));
    }

    private static Answer send(Person coach) {
        return Answer.to(coach.http()
                .post()
                .uri("/api/messaging/send")
                .header("Prefer", "respond-async")
                .body(Map.of("to", JOHN, "message", "Hello", "type", "text")));
    }

    /// Takes all credits back but these.
    private void leave(Person coach, long credits) {
        jdbc.sql("""
            INSERT INTO ledger_entry (coach_id, kind, amount, reason)
            SELECT coach_id, 'CORRECTION', :credits - available, 'test'
              FROM credit_account
             WHERE coach_id = :coach
            """).param("coach", coach.id()).param("credits", credits).update();
    }

    private List<Long> balance(Person coach) {
        return jdbc.sql("SELECT unnest(ARRAY[available, reserved]) FROM credit_account WHERE coach_id = :coach")
                .param("coach", coach.id())
                .query(Long.class)
                .list();
    }

    private long messages() {
        return jdbc.sql("SELECT count(*) FROM message WHERE direction = 'OUTBOUND'")
                .query(Long.class)
                .single();
    }
}
