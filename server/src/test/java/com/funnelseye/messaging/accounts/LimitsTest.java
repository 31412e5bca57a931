package com.funnelseye.messaging.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.Visit;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// How often an account may call and send. A [Limits] is a node's; two of them are two nodes.
class LimitsTest extends ServerTest {

    private static final LimitSettings DEFAULTS = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("messaging.limits", LimitSettings.class);

    @Autowired
    Rates rates;

    private final UUID account = UUID.randomUUID();
    private final Caller jane = new Caller.Coach(account, "Jane", false);

    @Test
    void the_usual_limits_are_the_documented_ones() {
        assertThat(DEFAULTS).isEqualTo(new LimitSettings(1200, 300, 300));
    }

    @Test
    void three_hundred_messages_go_in_a_minute_and_not_one_more() {
        var node = new Limits(rates, DEFAULTS);
        assertThat(letThrough(350, () -> node.send(jane))).isEqualTo(300);

        pass("59 seconds");
        assertThat(letThrough(10, () -> new Limits(rates, DEFAULTS).send(jane))).isZero();
        pass("2 seconds");
        assertThat(letThrough(350, () -> new Limits(rates, DEFAULTS).send(jane)))
                .as("each is a new node, so what it leaves of its batch is lost")
                .isEqualTo(30);
    }

    @Test
    void the_minute_begins_with_the_first_message_after_a_pause() {
        var node = new Limits(rates, DEFAULTS);
        letThrough(300, () -> node.send(jane));
        pass("10 minutes");

        var later = new Limits(rates, DEFAULTS);
        assertThat(letThrough(310, () -> later.send(jane))).isEqualTo(300);
        pass("59 seconds");
        assertThatThrownBy(() -> new Limits(rates, DEFAULTS).send(jane)).isInstanceOf(TooManySends.class);
        pass("1 second");
        new Limits(rates, DEFAULTS).send(jane);
    }

    @Test
    void calls_have_a_burst_of_300_and_then_20_a_second() {
        var slow = new LimitSettings(1200, 300, 300);
        var node = new Limits(rates, slow);
        assertThat(letThrough(400, () -> node.call(account))).isBetween(300, 340);

        pass("10 seconds");
        var later = new Limits(rates, slow);
        assertThat(letThrough(400, () -> later.call(account))).isBetween(200, 240);
        pass("1 hour");
        var muchLater = new Limits(rates, slow);
        assertThat(letThrough(400, () -> muchLater.call(account))).isBetween(300, 340);
    }

    @Test
    void nodes_share_what_there_is() throws Exception {
        var through = 0;
        var threads = new ArrayList<Callable<Integer>>();
        for (var n = 0; n < 3; n++) {
            var node = new Limits(rates, DEFAULTS);
            for (var thread = 0; thread < 4; thread++) {
                threads.add(() -> letThrough(100, () -> node.send(jane)));
            }
        }
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : pool.invokeAll(threads)) {
                through += one.get();
            }
        }
        assertThat(through).as("what nodes have left of a batch may be lost").isBetween(300 - 2 * 9, 300);
    }

    @Test
    void a_call_seldom_touches_the_database() {
        var node = new Limits(rates, DEFAULTS);
        letThrough(20, () -> node.call(account));
        var before = version();
        assertThat(letThrough(1, () -> node.call(account))).isEqualTo(1);
        assertThat(version()).isNotEqualTo(before);
        var after = version();
        assertThat(letThrough(19, () -> node.call(account))).isEqualTo(19);
        assertThat(version()).isEqualTo(after);
    }

    @Test
    void an_account_has_its_own_limits_and_admins_send_without() {
        var node = new Limits(rates, DEFAULTS);
        letThrough(400, () -> node.send(jane));
        assertThat(letThrough(5, () -> node.send(new Caller.Coach(UUID.randomUUID(), "Ravi", false))))
                .isEqualTo(5);
        assertThat(letThrough(400, () -> node.send(new Caller.Admin(account, "Admin"))))
                .isEqualTo(400);
    }

    @Test
    void who_calls_too_often_is_told_when_to_come_back() {
        var coach = given.coach("Jane");
        drain(coach.id(), "CALLS", "5 seconds");
        var refused = Answer.to(coach.http().get().uri("/api/messaging/inbox"));

        assertThat(refused.status()).as(refused.text()).isEqualTo(429);
        assertThat(refused.headers().getFirst("Retry-After")).isIn("5", "6");
        assertThat(refused.body().path("code").asString()).isEqualTo("TOO_MANY_CALLS");
        assertThat(refused.body().path("success").asBoolean()).isFalse();
        assertThat(refused.headers().getFirst("X-Request-Id")).isNotEmpty();
        assertThat(anonymous()
                        .get()
                        .uri("/api/webhooks/whatsapp")
                        .exchange()
                        .returnResult(String.class)
                        .getStatus())
                .as("a webhook is nobody's call")
                .isNotNull()
                .matches(status -> status.value() != 429);
    }

    @Test
    void who_sends_too_often_may_still_read() throws Exception {
        var coach = given.coach("Jane");
        given.leadWhoWrote(coach, "+12125550123");
        drain(coach.id(), "SENDS", "-30 seconds");

        var refused = Visit.post(coach, "/send", Map.of("to", "+12125550123", "message", "Hello"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("TOO_MANY_SENDS");
        assertThat(Visit.get(coach, "/inbox").status()).isEqualTo(200);
        assertThat(Visit.get(coach, "/credits").at("/balance/available")).isIn("100", "");
    }

    private static int letThrough(int times, Runnable what) {
        var through = 0;
        for (var n = 0; n < times; n++) {
            try {
                what.run();
                through++;
            } catch (TooManyCalls | TooManySends refused) {
                // counted by what is let through
            }
        }
        return through;
    }

    private void drain(UUID id, String kind, String ahead) {
        jdbc.sql("""
            INSERT INTO rate (account_id, kind, tokens, taken, filled_at)
            VALUES (:id, :kind::rate_kind, 0, 0, now() + :ahead::interval)
                ON CONFLICT (account_id, kind) DO UPDATE SET tokens = 0, filled_at = excluded.filled_at
            """).param("id", id).param("kind", kind).param("ahead", ahead).update();
    }

    private void pass(String interval) {
        jdbc.sql("UPDATE rate SET filled_at = filled_at - :interval::interval")
                .param("interval", interval)
                .update();
    }

    private String version() {
        return jdbc.sql("SELECT xmin::text FROM rate WHERE account_id = :id")
                .param("id", account)
                .query(String.class)
                .single();
    }
}
