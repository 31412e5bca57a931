package com.funnelseye.messaging.messages;

import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.credits.Credits;
import com.funnelseye.messaging.messages.Life.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Reads lives under lock, lets what happened move them, and writes the result together with the money it moves.
/// Rows are always locked in the order outbox, message, credit account, each by id.
@Repository
class Lives {

    /// Something that happened to a message.
    ///
    /// @param pause how long the message waits, should this send it back to the queue
    record Event(UUID messageId, Happening what, Duration pause) {

        Event(UUID messageId, Happening what) {
            this(messageId, what, Duration.ZERO);
        }
    }

    private record Row(
            UUID id,
            State state,
            @Nullable UUID attemptId,
            int tries,
            @Nullable Instant since,
            @Nullable String wamid,
            @Nullable Instant acceptedAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant readAt,
            @Nullable Instant failedAt,
            @Nullable String failureCode,
            @Nullable String failureTitle,
            @Nullable String failureDetails) {

        Life life() {
            var failure = failureCode == null || failureTitle == null
                    ? null
                    : new Failure(failureCode, failureTitle, failureDetails);
            return new Life(
                    id, state, attemptId, tries, since, wamid, acceptedAt, deliveredAt, readAt, failedAt, failure);
        }
    }

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Credits credits;

    Lives(JdbcClient jdbc, Outbox outbox, Credits credits) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.credits = credits;
    }

    /// Applies the events in their order; events of messages that do not exist are passed over.
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(List<Event> events) {
        var lives = lock(events.stream().map(Event::messageId).distinct().toList());
        var money = new EnumMap<Money, List<UUID>>(Money.class);
        for (var event : events) {
            var before = lives.get(event.messageId());
            if (before != null) {
                var step = before.after(event.what());
                lives.put(event.messageId(), step.life());
                write(before, step.life(), event.pause());
                step.money()
                        .forEach(move -> money.computeIfAbsent(move, _ -> new ArrayList<>())
                                .add(event.messageId()));
            }
        }
        settle(money);
    }

    private Map<UUID, Life> lock(Collection<UUID> ids) {
        var wanted = ids.toArray(UUID[]::new);
        jdbc.sql("SELECT message_id FROM outbox WHERE message_id = ANY (:ids) ORDER BY message_id FOR UPDATE")
                .param("ids", wanted)
                .query(UUID.class)
                .list();
        return jdbc.sql("""
            SELECT message.id, coalesce(message.outcome::text, outbox.state::text) AS state, outbox.attempt_id,
                   coalesce(outbox.tries, 0) AS tries, outbox.created_at AS since, message.wamid,
                   message.accepted_at, message.delivered_at, message.read_at, message.failed_at,
                   message.failure_code, message.failure_title, message.failure_details
              FROM message
              LEFT JOIN outbox ON outbox.message_id = message.id
             WHERE message.id = ANY (:ids) AND message.direction = 'OUTBOUND'
             ORDER BY message.id
               FOR NO KEY UPDATE OF message
            """).param("ids", wanted).query(Row.class).list().stream().collect(toMap(Row::id, Row::life));
    }

    private void write(Life before, Life after, Duration pause) {
        if (after.state() != before.state()) {
            switch (after.state()) {
                case QUEUED -> outbox.postpone(after.messageId(), pause);
                case UNKNOWN -> outbox.loseSight(after.messageId());
                case ACCEPTED, FAILED, CANCELLED, ABANDONED -> outbox.remove(List.of(after.messageId()));
                case SENDING -> throw new IllegalStateException("only the outbox begins a send");
            }
        }
        if (!after.equals(before)) {
            update(after);
        }
    }

    private void update(Life life) {
        var failure = life.failure();
        jdbc.sql("""
            UPDATE message
               SET outcome = :outcome::message_outcome, wamid = :wamid, accepted_at = :acceptedAt,
                   delivered_at = :deliveredAt, read_at = :readAt, failed_at = :failedAt,
                   failure_code = :failureCode, failure_title = :failureTitle, failure_details = :failureDetails
             WHERE id = :id
            """)
                .param("id", life.messageId())
                .param("outcome", life.state().isOpen() ? null : life.state().name())
                .param("wamid", life.wamid())
                .param("acceptedAt", utc(life.acceptedAt()))
                .param("deliveredAt", utc(life.deliveredAt()))
                .param("readAt", utc(life.readAt()))
                .param("failedAt", utc(life.failedAt()))
                .param("failureCode", textOf(failure, Failure::code))
                .param("failureTitle", textOf(failure, Failure::title))
                .param("failureDetails", failure == null ? null : failure.details())
                .update();
    }

    private void settle(Map<Money, List<UUID>> money) {
        credits.capture(money.getOrDefault(Money.CAPTURE, List.of()));
        credits.release(money.getOrDefault(Money.RELEASE, List.of()));
        credits.refund(money.getOrDefault(Money.REFUND, List.of()));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(UTC);
    }

    private static @Nullable String textOf(@Nullable Failure failure, Function<Failure, String> part) {
        return failure == null ? null : part.apply(failure);
    }
}
