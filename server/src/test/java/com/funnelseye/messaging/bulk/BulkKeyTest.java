package com.funnelseye.messaging.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

/// A bulk that is asked for twice is one bulk.
class BulkKeyTest extends BulkScene {

    @Test
    void the_same_key_finds_the_same_bulk_and_another_body_is_refused() {
        var jane = given.coach("Jane");
        leads(jane, 1, 3);

        var first = keyed(jane, "send-bulk", "k1", text(contacts(1, 3)));
        var again = keyed(jane, "send-bulk", "k1", text(contacts(1, 3)));
        var other = keyed(jane, "send-bulk", "k1", text(contacts(1, 2)));

        assertThat(first.status()).as(first.text()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.headers().getFirst("Idempotent-Replayed")).isEqualTo("true");
        assertThat(bulkIn(again)).isEqualTo(bulkIn(first));
        assertThat(other.status()).isEqualTo(422);
        assertThat(count("bulk")).isEqualTo(1);
        assertThat(purse(jane)).isEqualTo(new Purse(97, 3, 0));
    }

    @Test
    void ten_at_once_are_one_bulk() throws Exception {
        var jane = given.coach("Jane");
        leads(jane, 1, 3);
        var ids = new HashSet<String>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Answer>>();
            for (var n = 0; n < 10; n++) {
                running.add(pool.submit(() -> keyed(jane, "send-bulk", "k1", text(contacts(1, 3)))));
            }
            for (var one : running) {
                assertThat(one.get().status()).as(one.get().text()).isEqualTo(202);
                ids.add(bulkIn(one.get()));
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(purse(jane)).isEqualTo(new Purse(97, 3, 0));
    }

    @Test
    void a_refused_bulk_leaves_its_key_free() {
        var jane = given.coach("Jane");
        leads(jane, 1, 101);

        assertThat(keyed(jane, "send-bulk", "k1", text(contacts(1, 101))).status())
                .isEqualTo(402);
        assertThat(count("idempotency_key")).isZero();
        assertThat(keyed(jane, "send-bulk", "k1", text(contacts(1, 100))).status())
                .isEqualTo(202);
    }

    private static String bulkIn(Answer answer) {
        return answer.data().path("bulkId").asString();
    }

    private static Answer keyed(Person person, String path, String key, Map<String, Object> body) {
        return Answer.to(person.http()
                .post()
                .uri("/api/messaging/" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", key)
                .header("Prefer", "respond-async")
                .body(body));
    }
}
