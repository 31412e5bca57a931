package com.funnelseye.messaging.messages;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.funnelseye.messaging.credits.Credits;
import com.funnelseye.messaging.messages.Life.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Reads lives under lock, lets what happened move them, and writes the result together with the money it
/// moves. Rows are always locked in the order outbox, message, credit account, each by id.
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
            int resends,
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
            var progress = new Progress(wamid, acceptedAt, deliveredAt, readAt, failedAt, failure);
            return new Life(id, state, attemptId, tries, since, resends, progress);
        }
    }

    /// What is to be written at the end of a pass, message by message in its last state.
    private static final class Changes {
        private final Map<UUID, Life> after = new HashMap<>();
        private final Map<UUID, Duration> pauses = new HashMap<>();
        private final Map<Money, List<UUID>> money = new EnumMap<>(Money.class);

        void add(Life.Step step, Duration pause) {
            var id = step.life().messageId();
            after.put(id, step.life());
            pauses.put(id, pause);
            step.money()
                    .forEach(move -> money.computeIfAbsent(move, none -> new ArrayList<>())
                            .add(id));
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

    /// Applies the events in their order; events of messages that do not exist are passed over. However many
    /// there are, rows are written once each and together. Answers the messages WhatsApp has failed now and had
    /// not before.
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<UUID> move(List<Event> events) {
        if (events.isEmpty()) {
            return Set.of();
        }
        var before = lock(events.stream().map(Event::messageId).distinct().toList());
        var changes = new Changes();
        for (var event : events) {
            var life = changes.after.getOrDefault(event.messageId(), before.get(event.messageId()));
            if (life != null) {
                changes.add(life.after(event.what()), event.pause());
            }
        }
        write(before, changes);
        settle(changes.money);
        return changes.after.values().stream()
                .filter(life -> hasFailedNow(before.get(life.messageId()), life))
                .map(Life::messageId)
                .collect(toSet());
    }

    private static boolean hasFailedNow(@Nullable Life before, Life after) {
        var isReported = after.state() == State.ACCEPTED && after.progress().failedAt() != null;
        var wasReported = before != null
                && before.state() == State.ACCEPTED
                && before.progress().failedAt() != null;
        return isReported && !wasReported;
    }

    private Map<UUID, Life> lock(Collection<UUID> ids) {
        var wanted = ids.toArray(UUID[]::new);
        jdbc.sql("SELECT message_id FROM outbox WHERE message_id = ANY (:ids) ORDER BY message_id FOR UPDATE")
                .param("ids", wanted)
                .query(UUID.class)
                .list();
        return jdbc.sql("""
            SELECT message.id, coalesce(message.outcome::text, outbox.state::text) AS state, outbox.attempt_id,
                   coalesce(outbox.tries, 0) AS tries,
                   CASE WHEN outbox.lane_id IS NULL THEN coalesce(outbox.scheduled_at, outbox.created_at)
                        ELSE outbox.first_begun_at END AS since,
                   message.resends_authorised AS resends, message.wamid, message.accepted_at, message.delivered_at,
                   message.read_at, message.failed_at, message.failure_code, message.failure_title,
                   message.failure_details
              FROM message
              LEFT JOIN outbox ON outbox.message_id = message.id
             WHERE message.id = ANY (:ids) AND message.direction = 'OUTBOUND'
             ORDER BY message.id
               FOR NO KEY UPDATE OF message
            """).param("ids", wanted).query(Row.class).list().stream()
                .collect(toMap(Row::id, Row::life));
    }

    private void write(Map<UUID, Life> before, Changes changes) {
        var moved = new EnumMap<State, List<UUID>>(State.class);
        var changed = new ArrayList<Life>();
        for (var life : changes.after.values()) {
            var was = before.get(life.messageId());
            if (was == null || life.equals(was)) {
                continue;
            }
            if (life.state() != was.state()) {
                moved.computeIfAbsent(life.state(), none -> new ArrayList<>()).add(life.messageId());
            }
            changed.add(life);
        }
        moveInOutbox(moved, before, changes);
        MessageFacts.write(jdbc, changed);
    }

    private void moveInOutbox(Map<State, List<UUID>> moved, Map<UUID, Life> before, Changes changes) {
        moved.forEach((state, ids) -> {
            switch (state) {
                case QUEUED -> ids.forEach(id -> queue(before.get(id), changes, id));
                case UNKNOWN -> outbox.loseSight(ids);
                case ACCEPTED, FAILED, CANCELLED, ABANDONED -> outbox.remove(ids);
                case SENDING -> throw new IllegalStateException("only the outbox begins a send");
            }
        });
    }

    private void queue(@Nullable Life before, Changes changes, UUID id) {
        var after = changes.after.get(id);
        if (before != null && after != null && after.resends() > before.resends()) {
            outbox.resend(id);
        } else {
            outbox.postpone(id, changes.pauses.getOrDefault(id, Duration.ZERO));
        }
    }

    private void settle(Map<Money, List<UUID>> money) {
        credits.capture(money.getOrDefault(Money.CAPTURE, List.of()));
        credits.release(money.getOrDefault(Money.RELEASE, List.of()));
        credits.refund(money.getOrDefault(Money.REFUND, List.of()));
    }
}
