package com.funnelseye.messaging.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.funnelseye.messaging.whatsapp.WhatsAppEvent.MessageReceived;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsTest {

    private final OwnDatabase database = OwnDatabase.empty();
    private final EventRepository repository = new EventRepository(database.jdbc);
    private final Events events = new Events(repository);
    private final AtomicInteger rung = new AtomicInteger();

    @BeforeEach
    void hang_a_bell() {
        events.onStatus(rung::incrementAndGet);
        events.onMessage(rung::incrementAndGet);
    }

    @Test
    void what_was_stored_is_due_by_its_kind_until_it_was_applied() {
        arrive("\"statuses\":[%s],\"messages\":[%s],\"errors\":[{}]".formatted(status("wamid.A"), message("wamid.B")));

        var statuses = dueStatuses();
        assertThat(statuses).extracting(StatusReported::wamid).containsExactly("wamid.A");
        assertThat(dueMessages()).extracting(MessageReceived::wamid).containsExactly("wamid.B");

        database.inTransaction(() -> events.applied(List.of(statuses.getFirst().id())));
        assertThat(dueStatuses()).isEmpty();
        assertThat(dueMessages()).hasSize(1);
    }

    @Test
    void a_thousand_are_stored_at_once_and_read_in_batches() {
        arrive("\"statuses\":["
                + IntStream.range(0, 1000).mapToObj(n -> status("wamid." + n)).collect(Collectors.joining(","))
                + "]");

        assertThat(count("applied_at IS NULL")).isEqualTo(1000);
        assertThat(database.inTransaction(() -> events.dueStatuses(100))).hasSize(100);
    }

    @Test
    void characters_no_database_takes_are_stored_and_come_back_harmless() {
        arrive("\"messages\":[{\"id\":\"wamid.A\",\"from\":\"1\",\"type\":\"text\","
                + "\"text\":{\"body\":\"a\\u0000b\\ud83d\"}}]");

        assertThat(dueMessages())
                .singleElement()
                .extracting(MessageReceived::text)
                .isEqualTo("a�b�");
    }

    @Test
    void what_is_not_even_json_is_kept() {
        repository.add(Envelope.split(new byte[] {'{', 0, (byte) 0xff, 'x'}));

        assertThat(count("kind = 'OTHER'")).isEqualTo(1);
        assertThat(dueStatuses()).isEmpty();
    }

    @Test
    void without_a_time_of_metas_the_time_of_arrival_counts() {
        arrive("\"statuses\":[{\"id\":\"wamid.A\",\"status\":\"sent\"}]");

        assertThat(dueStatuses().getFirst().at()).isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
    }

    @Test
    void two_readers_at_once_never_get_the_same_event() {
        arrive("\"statuses\":[%s,%s,%s]".formatted(status("wamid.A"), status("wamid.B"), status("wamid.C")));

        database.inTransaction(() -> {
            var mine = events.dueStatuses(2);
            var theirs = inAnotherThread(() -> database.inTransaction(() -> events.dueStatuses(10)));
            assertThat(mine).hasSize(2);
            assertThat(theirs).hasSize(1).doesNotContainAnyElementsOf(mine);
        });
    }

    @Test
    void a_parked_event_waits_longer_each_time() {
        arrive("\"statuses\":[%s]".formatted(status("wamid.A")));
        var id = dueStatuses().getFirst().id();

        assertThat(IntStream.range(0, 9).mapToObj(_ -> secondsParked(id)))
                .containsExactly(1, 2, 4, 8, 16, 32, 60, 60, 60);
        assertThat(dueStatuses()).isEmpty();
    }

    @Test
    void a_parked_event_is_woken_by_its_wamid() {
        arrive("\"statuses\":[%s,%s]".formatted(status("wamid.A"), status("wamid.B")));
        var ids = dueStatuses().stream().map(StatusReported::id).toList();
        database.inTransaction(() -> events.park(ids));

        database.inTransaction(() -> events.wake("wamid.B"));

        assertThat(dueStatuses()).extracting(StatusReported::wamid).containsExactly("wamid.B");
        assertThat(rung).hasValue(1);
    }

    @Test
    void waking_nothing_rings_no_bell() {
        database.inTransaction(() -> events.wake("wamid.unheard-of"));
        assertThat(rung).hasValue(0);
    }

    @Test
    void waking_does_not_wait_for_an_event_that_is_being_read() {
        arrive("\"statuses\":[%s]".formatted(status("wamid.A")));
        var id = dueStatuses().getFirst().id();
        database.inTransaction(() -> events.park(List.of(id)));
        database.jdbc.sql("UPDATE whatsapp_event SET due_at = now()").update();

        database.inTransaction(() -> {
            assertThat(events.dueStatuses(1)).hasSize(1);
            inAnotherThread(() -> {
                database.inTransaction(() -> events.wake("wamid.A"));
                return true;
            });
        });
    }

    @Test
    void an_event_nobody_knows_after_a_week_is_set_aside() {
        arrive("\"statuses\":[%s]".formatted(status("wamid.A")));
        var id = dueStatuses().getFirst().id();
        database.jdbc
                .sql("UPDATE whatsapp_event SET received_at = now() - interval '8 days'")
                .update();

        database.inTransaction(() -> events.park(List.of(id)));

        assertThat(count("applied_at IS NOT NULL AND problem = 'unmatched'")).isEqualTo(1);
    }

    @Test
    void an_event_that_cannot_be_read_is_set_aside_and_holds_nobody_up() {
        arrive("\"statuses\":[{\"id\":\"wamid.A\"},%s],\"messages\":[{\"id\":\"wamid.C\"}]"
                .formatted(status("wamid.B")));

        assertThat(dueStatuses()).extracting(StatusReported::wamid).containsExactly("wamid.B");
        assertThat(dueMessages()).isEmpty();
        assertThat(count("wamid = 'wamid.A' AND applied_at IS NOT NULL AND problem = 'no status'"))
                .isEqualTo(1);
        assertThat(count("wamid = 'wamid.C' AND applied_at IS NOT NULL AND problem = 'no sender'"))
                .isEqualTo(1);
    }

    private int secondsParked(UUID id) {
        database.inTransaction(() -> events.park(List.of(id)));
        return database.jdbc
                .sql("SELECT round(extract(epoch FROM due_at - now())) FROM whatsapp_event")
                .query(Integer.class)
                .single();
    }

    private void arrive(String arrivals) {
        repository.add(Envelope.split(webhook(arrivals)));
    }

    private List<StatusReported> dueStatuses() {
        return database.inTransaction(() -> events.dueStatuses(500));
    }

    private List<MessageReceived> dueMessages() {
        return database.inTransaction(() -> events.dueMessages(500));
    }

    private long count(String condition) {
        return database.jdbc
                .sql("SELECT count(*) FROM whatsapp_event WHERE " + condition)
                .query(Long.class)
                .single();
    }

    private static <T> T inAnotherThread(Callable<T> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(work).get(5, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static byte[] webhook(String arrivals) {
        return """
            {"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"106"},%s}}]}]}\
            """.formatted(arrivals).getBytes(StandardCharsets.UTF_8);
    }

    private static String status(String wamid) {
        return "{\"id\":\"%s\",\"status\":\"sent\",\"timestamp\":\"1750030073\"}".formatted(wamid);
    }

    private static String message(String wamid) {
        return "{\"id\":\"%s\",\"from\":\"16505550100\",\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}".formatted(wamid);
    }
}
