package com.funnelseye.messaging.credits;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.FreshDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Whatever is done to a coach's credits, in any order and however often, the balance is that of a few lines of
/// arithmetic.
class CreditsModelTest {

    private static final int MESSAGES = 5;

    sealed interface Step {
        record Grant(long amount) implements Step {}

        record Reserve(int message, long amount) implements Step {}

        record Capture(List<Integer> messages) implements Step {}

        record Release(List<Integer> messages) implements Step {}

        record Refund(List<Integer> messages) implements Step {}
    }

    private enum Stage {
        RESERVED,
        CAPTURED,
        RELEASED,
        REFUNDED
    }

    /// The arithmetic.
    private static final class Model {
        private final Map<Integer, Stage> stages = new HashMap<>();
        private final Map<Integer, Long> amounts = new HashMap<>();
        private long granted;

        void take(Step step) {
            switch (step) {
                case Step.Grant(var amount) -> granted += amount;
                case Step.Reserve(var message, var amount) -> {
                    if (available() >= amount && !stages.containsKey(message)) {
                        stages.put(message, Stage.RESERVED);
                        amounts.put(message, amount);
                    }
                }
                case Step.Capture(var messages) -> move(messages, Stage.RESERVED, Stage.CAPTURED);
                case Step.Release(var messages) -> move(messages, Stage.RESERVED, Stage.RELEASED);
                case Step.Refund(var messages) -> move(messages, Stage.CAPTURED, Stage.REFUNDED);
            }
        }

        private void move(List<Integer> messages, Stage from, Stage to) {
            messages.forEach(message -> stages.replace(message, from, to));
        }

        private long available() {
            return granted - sum(Stage.RESERVED) - sum(Stage.CAPTURED);
        }

        private long sum(Stage stage) {
            return stages.entrySet().stream()
                    .filter(entry -> entry.getValue() == stage)
                    .mapToLong(entry -> amounts.getOrDefault(entry.getKey(), 0L))
                    .sum();
        }

        List<Long> balance() {
            return List.of(available(), sum(Stage.RESERVED), sum(Stage.CAPTURED));
        }
    }

    /// Credits as the server uses them, on a database without one.
    private static final class Account {
        private static final JdbcClient JDBC;
        private static final TransactionTemplate TRANSACTION;

        static {
            var source = FreshDatabase.named("credits_model").migrated().oneConnection();
            JDBC = JdbcClient.create(source);
            TRANSACTION = new TransactionTemplate(new DataSourceTransactionManager(source));
        }

        private final Credits credits = new Credits(JDBC, 1, 0, "");
        private final UUID coach = UUID.randomUUID();
        private final List<UUID> messages =
                Stream.generate(UUID::randomUUID).limit(MESSAGES).toList();

        Account() {
            JDBC.sql("""
                WITH coach AS (
                    INSERT INTO account (id, role, name, email)
                    VALUES (:id, 'COACH', 'Jane', :email)
                    RETURNING id
                )
                INSERT INTO credit_account (coach_id)
                SELECT id
                  FROM coach
                """)
                    .param("id", coach)
                    .param("email", coach + "@example.com")
                    .update();
        }

        void take(Step step) {
            try {
                TRANSACTION.executeWithoutResult(_ -> {
                    switch (step) {
                        case Step.Grant(var amount) -> credits.grant(coach, amount, "test", null);
                        case Step.Reserve(var message, var amount) ->
                            credits.reserve(coach, messages.get(message), amount);
                        case Step.Capture(var of) -> credits.capture(ids(of));
                        case Step.Release(var of) -> credits.release(ids(of));
                        case Step.Refund(var of) -> credits.refund(ids(of));
                    }
                });
            } catch (InsufficientCredits | DuplicateKeyException refused) {
                assertThat(step).isInstanceOf(Step.Reserve.class);
            }
        }

        List<Long> balance() {
            var balance = credits.balance(coach);
            return List.of(balance.available(), balance.reserved(), balance.spent());
        }

        private Collection<UUID> ids(List<Integer> of) {
            return of.stream().map(messages::get).toList();
        }
    }

    @Property(tries = 60)
    void balances_are_those_of_the_model(@ForAll("steps") List<Step> steps) {
        var model = new Model();
        var account = new Account();
        var taken = new ArrayList<Step>();
        for (var step : steps) {
            taken.add(step);
            model.take(step);
            account.take(step);
            assertThat(account.balance()).as("%s", taken).isEqualTo(model.balance());
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var message = Arbitraries.integers().between(0, MESSAGES - 1);
        var messages = message.list().uniqueElements().ofMinSize(1).ofMaxSize(MESSAGES);
        var amount = Arbitraries.longs().between(1, 5);
        return Arbitraries.<Step>oneOf(
                        amount.map(Step.Grant::new),
                        Combinators.combine(message, amount).as(Step.Reserve::new),
                        messages.map(Step.Capture::new),
                        messages.map(Step.Release::new),
                        messages.map(Step.Refund::new))
                .list()
                .ofMaxSize(25);
    }
}
