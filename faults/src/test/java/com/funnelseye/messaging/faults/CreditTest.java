package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many want the last credits at once, at both servers.
class CreditTest {

    private final World world = World.shared();

    @AfterEach
    void every_promise_held() {
        world.check();
    }

    @Test
    void f22_ten_credits_are_ten_messages_however_many_ask() throws Exception {
        var coach = world.coach(10);
        var to = world.customer();
        var answers = new ArrayList<Future<Integer>>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var n = 0; n < 50; n++) {
                var key = "f22-" + n;
                var node = n % 2 == 0 ? world.a : world.b;
                answers.add(pool.submit(() -> {
                    var answer = world.send(node, coach, key, to, "wait=30");
                    while (answer.status() == 503) {
                        answer = world.send(node, coach, key, to, "wait=30");
                    }
                    return answer.status();
                }));
            }
        }
        var statuses = new ArrayList<Integer>();
        for (var answer : answers) {
            statuses.add(answer.get());
        }
        assertThat(statuses.stream().filter(status -> status == 402)).hasSize(40);
        assertThat(statuses.stream().filter(status -> status == 200 || status == 202))
                .hasSize(10);
        assertThat(world.rows.one("SELECT available FROM credit_account WHERE coach_id = ?", coach.id()))
                .isEqualTo("0");
    }
}
