package com.funnelseye.messaging.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.FreshDatabase;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the schema itself refuses, whoever asks.
class LedgerTest {

    private static final JdbcClient JDBC =
            JdbcClient.create(FreshDatabase.named("ledger").migrated().oneConnection());

    private final UUID coach = UUID.randomUUID();
    private final UUID message = UUID.randomUUID();

    @BeforeEach
    void a_coach_with_ten_credits() {
        JDBC.sql("INSERT INTO account (id, role, name, email) VALUES (:id, 'COACH', 'Jane', :email)")
                .param("id", coach)
                .param("email", coach + "@example.com")
                .update();
        JDBC.sql("INSERT INTO credit_account (coach_id) VALUES (:id)")
                .param("id", coach)
                .update();
        add("TOPUP", 10, null);
    }

    @ParameterizedTest
    @CsvSource({
        "RESERVE,                 8 2 0",
        "RESERVE CAPTURE,         8 0 2",
        "RESERVE RELEASE,         10 0 0",
        "RESERVE CAPTURE REFUND,  10 0 0",
    })
    void a_message_is_reserved_then_captured_or_released_and_refunded_after_capture(String kinds, String balance) {
        play(kinds);
        assertThat(balance()).isEqualTo(balance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RESERVE RESERVE",
                "CAPTURE",
                "RELEASE",
                "REFUND",
                "RESERVE REFUND",
                "RESERVE CAPTURE CAPTURE",
                "RESERVE CAPTURE RELEASE",
                "RESERVE RELEASE CAPTURE",
                "RESERVE RELEASE RELEASE",
                "RESERVE RELEASE REFUND",
                "RESERVE CAPTURE REFUND REFUND",
            })
    void every_other_order_is_refused_at_its_last_step(String kinds) {
        var last = kinds.lastIndexOf(' ');
        play(last < 0 ? "" : kinds.substring(0, last));
        var before = balance();
        assertThatThrownBy(() -> add(kinds.substring(last + 1), 2, message)).isInstanceOf(DataAccessException.class);
        assertThat(balance()).isEqualTo(before);
    }

    @Test
    void what_follows_moves_the_same_amount() {
        play("RESERVE");
        for (var amount : new long[] {1, 3}) {
            assertThatThrownBy(() -> add("CAPTURE", amount, message)).isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> add("RELEASE", amount, message)).isInstanceOf(DataAccessException.class);
        }
        assertThat(balance()).isEqualTo("8 2 0");
    }

    @Test
    void amounts_are_positive_but_for_corrections() {
        for (var kind : new String[] {"TOPUP", "RESERVE"}) {
            var of = kind.equals("TOPUP") ? null : message;
            assertThatThrownBy(() -> add(kind, 0, of)).isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> add(kind, -1, of)).isInstanceOf(DataAccessException.class);
        }
        assertThatThrownBy(() -> add("CORRECTION", 1, null)).isInstanceOf(DataAccessException.class);
        add("CORRECTION", -4, null);
        assertThat(balance()).isEqualTo("6 0 0");
    }

    @Test
    void nobody_spends_or_loses_more_than_is_available() {
        assertThatThrownBy(() -> add("RESERVE", 11, message)).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> add("CORRECTION", -11, null)).isInstanceOf(DataAccessException.class);
        assertThat(balance()).isEqualTo("10 0 0");
    }

    @Test
    void a_movement_names_a_message_exactly_when_it_concerns_one() {
        assertThatThrownBy(() -> add("TOPUP", 1, message)).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> add("RESERVE", 1, null)).isInstanceOf(DataAccessException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_entry SET amount = 99",
                "DELETE FROM ledger_entry",
                "TRUNCATE ledger_entry",
                "TRUNCATE credit_account CASCADE",
            })
    void what_is_written_stays_written(String statement) {
        play("RESERVE CAPTURE");
        assertThatThrownBy(() -> JDBC.sql(statement).update()).hasMessageContaining("append-only");
        assertThat(balance()).isEqualTo("8 0 2");
    }

    private void play(String kinds) {
        if (!kinds.isEmpty()) {
            for (var kind : kinds.split(" ", -1)) {
                add(kind, 2, message);
            }
        }
    }

    private void add(String kind, long amount, @Nullable UUID of) {
        JDBC.sql("""
            INSERT INTO ledger_entry (coach_id, message_id, kind, amount)
            VALUES (:coach, :message, :kind::ledger_kind, :amount)
            """)
                .param("coach", coach)
                .param("message", of)
                .param("kind", kind)
                .param("amount", amount)
                .update();
    }

    private String balance() {
        return JDBC.sql("SELECT concat_ws(' ', available, reserved, spent) FROM credit_account WHERE coach_id = :coach")
                .param("coach", coach)
                .query(String.class)
                .single();
    }
}
