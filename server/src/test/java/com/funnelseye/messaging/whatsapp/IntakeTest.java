package com.funnelseye.messaging.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.whatsapp.RawEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Many requests share a transaction, and each learns what became of its own events.
class IntakeTest {

    private final OwnDatabase database = OwnDatabase.empty();
    private final AtomicInteger rung = new AtomicInteger();

    @Test
    void what_was_stored_is_there_and_the_bell_has_rung() {
        try (var intake = new Intake(new EventRepository(database.jdbc), _ -> rung.incrementAndGet())) {
            intake.store(List.of(event("{}"), event("{}")), 4);
            assertThat(stored()).isEqualTo(2);
        }
    }

    @Test
    void what_the_database_does_not_take_is_refused_and_what_came_with_it_is_stored() throws Exception {
        var refused = new AtomicInteger();
        try (var intake = new Intake(new EventRepository(database.jdbc), _ -> rung.incrementAndGet());
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var n = 0; n < 40; n++) {
                var payload = n == 20 ? "\0" : "{}";
                running.add(pool.submit(() -> {
                    try {
                        intake.store(List.of(event(payload)), 2);
                    } catch (DataAccessException failure) {
                        refused.incrementAndGet();
                    }
                }));
            }
            for (var one : running) {
                one.get();
            }
        }
        assertThat(refused).hasValue(1);
        assertThat(stored()).isEqualTo(39);
    }

    @Test
    void without_a_database_nothing_is_stored_and_whoever_asks_is_told() {
        var nowhere = JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://localhost:1/none", "a", "b"));
        try (var intake = new Intake(new EventRepository(nowhere), _ -> rung.incrementAndGet())) {
            assertThatThrownBy(() -> intake.store(List.of(event("{}")), 2)).isInstanceOf(DataAccessException.class);
        }
        assertThat(rung).hasValue(0);
    }

    private static RawEvent event(String payload) {
        return new RawEvent(Ids.next(), Kind.STATUS, "106", "wamid.A", payload);
    }

    private long stored() {
        return database.jdbc
                .sql("SELECT count(*) FROM whatsapp_event")
                .query(Long.class)
                .single();
    }
}
