package com.funnelseye.messaging.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.Invariants;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// What the tests of bulks share. Whatever a test does, the invariants hold at its end.
abstract class BulkScene extends ServerTest {

    /// A coach's money.
    record Purse(long available, long reserved, long spent) {}

    @Autowired
    Invariants invariants;

    @AfterEach
    void everything_adds_up() {
        invariants.assertHold();
        fold();
        invariants.assertHold();
    }

    static String phone(int n) {
        return "+1212556%04d".formatted(n);
    }

    /// Leads of the coach whose window is open, numbered from `first`.
    List<UUID> leads(Person coach, int first, int count) {
        openWindows(first, count);
        return IntStream.range(first, first + count)
                .mapToObj(n -> given.lead(coach, phone(n)))
                .toList();
    }

    void openWindows(int first, int count) {
        jdbc.sql("""
            INSERT INTO last_inbound (phone_number_id, person, at)
            SELECT :number, person, now()
              FROM unnest(:persons::text[]) AS person
                ON CONFLICT DO NOTHING
            """)
                .param("number", sandbox.options().phoneNumberId())
                .param(
                        "persons",
                        IntStream.range(first, first + count)
                                .mapToObj(n -> phone(n).substring(1))
                                .toArray(String[]::new))
                .update();
    }

    static List<Map<String, Object>> contacts(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(n -> Map.<String, Object>of("phone", phone(n)))
                .toList();
    }

    static Map<String, Object> text(List<?> contacts) {
        return with(Map.of("message", "Hello everyone!", "type", "text", "delay", 0), "contacts", contacts);
    }

    static Map<String, Object> with(Map<String, ?> body, String key, Object value) {
        var more = new HashMap<String, Object>(body);
        more.put(key, value);
        return more;
    }

    /// Accepted, and nothing sent yet.
    String queued(Person coach, Map<String, ?> body) {
        var answer = async(coach, "/send-bulk", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.at("/bulkId");
    }

    static Visit async(Person who, String path, Object body) {
        var result = who.http()
                .post()
                .uri("/api/messaging" + path)
                .header("Prefer", "respond-async")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectBody(String.class)
                .returnResult();
        return new Visit(result.getStatus().value(), String.valueOf(result.getResponseBody()));
    }

    /// Everything that may go now goes, and lanes that are empty end.
    void send() {
        work.send();
        sweep();
    }

    void sweep() {
        while (work.pass("laneWork") > 0) {
            // until nothing is left
        }
    }

    void fold() {
        while (work.pass("bulkCountWork") > 0) {
            // until nothing is left
        }
    }

    Purse purse(Person coach) {
        return jdbc.sql("SELECT available, reserved, spent FROM credit_account WHERE coach_id = :id")
                .param("id", coach.id())
                .query(Purse.class)
                .single();
    }

    /// Counters in the order total, successful, failed, skipped, pending, unconfirmed, cancelled.
    static String counts(Visit bulk) {
        return "%s %s %s %s %s %s %s"
                .formatted(
                        bulk.at("/total"),
                        bulk.at("/successful"),
                        bulk.at("/failed"),
                        bulk.at("/skipped"),
                        bulk.at("/pending"),
                        bulk.at("/unconfirmed"),
                        bulk.at("/cancelled"));
    }

    long count(String from) {
        return jdbc.sql("SELECT count(*) FROM " + from).query(Long.class).single();
    }

    static String json(Object value) {
        return new JsonMapper().writeValueAsString(value);
    }

    static <T> List<T> inParallel(int threads, Callable<T> work) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (var thread = 0; thread < threads; thread++) {
                running.add(pool.submit(work));
            }
            var all = new ArrayList<T>();
            for (var one : running) {
                all.add(one.get());
            }
            return all;
        }
    }
}
