package com.funnelseye.messaging.messages;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.funnelseye.messaging.messages.LanePace.Reach;
import com.funnelseye.messaging.messages.Picks.Pick;
import com.funnelseye.messaging.whatsapp.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// The open work. Due times and leases are decided by the database's clock alone, so that nodes need not agree.
@Repository
class Outbox {

    /// Longer than any send may take: see `WhatsApp.SEND_DEADLINE`.
    static final Duration LEASE = Duration.ofSeconds(60);

    /// A message and when it may go, by the database's clock.
    private record Departure(UUID messageId, Instant at) {

        Departure notBefore(Instant slot) {
            return at.isBefore(slot) ? new Departure(messageId, slot) : this;
        }

        String time() {
            return at.toString();
        }
    }

    private final JdbcClient jdbc;
    private final Picks picks;
    private final PersonPace people;
    private final LanePace lanes;
    private final Throughput throughput;

    Outbox(JdbcClient jdbc, Picks picks, PersonPace people, LanePace lanes, Throughput throughput) {
        this.jdbc = jdbc;
        this.picks = picks;
        this.people = people;
        this.lanes = lanes;
        this.throughput = throughput;
    }

    /// Due at `scheduledAt`, or at once when that is null.
    void add(UUID messageId, @Nullable UUID coachId, @Nullable Instant scheduledAt) {
        jdbc.sql("""
            INSERT INTO outbox (message_id, coach_id, due_at, scheduled_at)
            VALUES (:messageId, :coachId, coalesce(:scheduledAt::timestamptz, now()), :scheduledAt)
            """)
                .param("messageId", messageId)
                .param("coachId", coachId)
                .param("scheduledAt", scheduledAt == null ? null : scheduledAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /// Begins what is due and may go: single messages first, then those of lanes. Once this has committed each
    /// may reach WhatsApp, so none is ever begun again by a timer. If the commit's answer is lost nothing is
    /// returned, and so nothing is sent. Each is to wait for its own time, which is a little ahead.
    ///
    /// @param limit how many single messages, and how many of lanes
    /// @param unhurried how many of each lane that has no delay
    /// @param reaches how far the caller's own lines of begun messages reach
    @Transactional
    public List<Attempt> begin(int limit, int unhurried, List<Reach> reaches) {
        var room = throughput.room();
        var picked = new ArrayList<>(picks.singles(Math.min(limit, room.singles())));
        var inLine = Math.min(limit, room.inLine() - picked.size());
        if (inLine > 0) {
            picked.addAll(picks.ofLanes(inLine, unhurried, reaches));
        }
        return begin(picked, reaches);
    }

    @Transactional
    public List<Attempt> begin(int limit) {
        return begin(limit, limit, List.of());
    }

    /// Begins this one message, if it is due and nobody else has begun it.
    @Transactional
    public List<Attempt> begin(UUID messageId) {
        return begin(picks.one(messageId).stream().toList(), List.of());
    }

    private List<Attempt> begin(List<Pick> picked, List<Reach> reaches) {
        if (picked.isEmpty()) {
            return List.of();
        }
        var free =
                new HashSet<>(people.take(picked.stream().map(Pick::messageId).toList()));
        var going =
                picked.stream().filter(pick -> free.contains(pick.messageId())).toList();
        return going.isEmpty() ? List.of() : start(departures(going, reaches));
    }

    /// Each gets a slot of its lane and one of the business number, and goes at the later of the two.
    private List<Departure> departures(List<Pick> going, List<Reach> reaches) {
        var inLine = inLine(going.stream().filter(pick -> pick.laneId() != null).toList(), reaches);
        var singles = going.stream().filter(pick -> pick.laneId() == null).toList();
        var slots = throughput.take(going.size()).orElse(null);
        if (slots == null) {
            return List.of();
        }
        var departures = new ArrayList<Departure>();
        singles.forEach(pick -> departures.add(new Departure(pick.messageId(), slots.overtaking(departures.size()))));
        inLine.forEach(departure -> departures.add(departure.notBefore(slots.at(departures.size()))));
        return departures;
    }

    /// In the order their lanes let them go.
    private List<Departure> inLine(List<Pick> picked, List<Reach> reaches) {
        var counts = picked.stream().collect(groupingBy(Pick::lane, counting()));
        var slots = lanes.take(counts, reaches);
        var places = new HashMap<UUID, Integer>();
        return picked.stream()
                .map(pick -> {
                    var place = places.merge(pick.lane(), 1, Integer::sum) - 1;
                    var line = slots.get(pick.lane());
                    return new Departure(pick.messageId(), line == null ? Instant.MIN : line.at(place));
                })
                .sorted(Comparator.comparing(Departure::at))
                .toList();
    }

    private List<Attempt> start(List<Departure> departures) {
        if (departures.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
            WITH departure AS (
                SELECT message_id, at
                  FROM unnest(:messageIds::uuid[], :times::timestamptz[]) AS departure (message_id, at)
            ), begun AS (
                UPDATE outbox
                   SET state = 'SENDING', attempt_id = gen_random_uuid(), tries = tries + 1,
                       lease_until = now() + make_interval(secs => :lease),
                       first_begun_at = coalesce(first_begun_at, now())
                  FROM departure
                 WHERE outbox.message_id = departure.message_id
                RETURNING outbox.message_id, outbox.attempt_id, outbox.tries, outbox.lane_id, departure.at
            ), attempted AS (
                INSERT INTO attempt (id, message_id, n, phone_number_id)
                SELECT begun.attempt_id, begun.message_id,
                       (SELECT count(*) + 1 FROM attempt WHERE attempt.message_id = begun.message_id),
                       message.phone_number_id
                  FROM begun
                  JOIN message ON message.id = begun.message_id
            )
            SELECT begun.attempt_id, message.id AS message_id, message.contact_id, begun.tries, message.type,
                   message.text, message.media_url, message.media_filename,
                   coalesce('+' || contact.wa_id, contact.phone) AS number, message.reply_to_wamid,
                   coalesce(last_inbound.at > now() - interval '24 hours', false) AS window_open,
                   CASE WHEN message.lane_id IS NULL
                        THEN marketing_refused(message.phone_number_id, message.template_id, contact.id)
                        ELSE opted_out(message.phone_number_id, contact.id) END AS opted_out,
                   begun.lane_id, coalesce(lane_pace.delay_ms, 0) AS delay_ms,
                   :anchor + (extract(epoch FROM begun.at - statement_timestamp()) * 1e9)::bigint AS go_nanos
              FROM begun
              JOIN message ON message.id = begun.message_id
              JOIN contact ON contact.id = message.contact_id
              LEFT JOIN lane_pace ON lane_pace.lane_id = begun.lane_id
              LEFT JOIN last_inbound ON last_inbound.phone_number_id = message.phone_number_id
                                    AND last_inbound.person = coalesce(contact.reached_as, contact.person)
             ORDER BY begun.at, message.id
            """)
                .param(
                        "messageIds",
                        departures.stream().map(Departure::messageId).toArray(UUID[]::new))
                .param("times", departures.stream().map(Departure::time).toArray(String[]::new))
                .param("lease", LEASE.toSeconds())
                .param("anchor", System.nanoTime())
                .query(Attempt.class)
                .list();
    }

    /// Whether it is under way, or due and just being begun by somebody.
    boolean isGoing(UUID messageId) {
        return jdbc.sql("""
            SELECT EXISTS (SELECT
                             FROM outbox
                            WHERE message_id = :messageId
                              AND (state = 'SENDING' OR (state = 'QUEUED' AND due_at <= now())))
            """).param("messageId", messageId).query(Boolean.class).single();
    }

    /// Attempts whose lease ran out: their sender died, or its answer was never recorded.
    List<Attempt> overdue(int limit) {
        return jdbc.sql("""
            SELECT outbox.attempt_id, message.id AS message_id, message.contact_id, outbox.tries, message.type, message.text,
                   message.media_url, message.media_filename,
                   NULL AS number, message.reply_to_wamid, false AS window_open,
                   false AS opted_out, outbox.lane_id, 0 AS delay_ms, 0 AS go_nanos
              FROM outbox
              JOIN message ON message.id = outbox.message_id
             WHERE outbox.state = 'SENDING' AND outbox.lease_until < now()
             ORDER BY outbox.lease_until
             LIMIT :limit
            """).param("limit", limit).query(Attempt.class).list();
    }

    /// The message waits again, for so long.
    void postpone(UUID messageId, Duration pause) {
        jdbc.sql("""
            UPDATE outbox
               SET state = 'QUEUED', lease_until = NULL, unknown_since = NULL,
                   due_at = now() + make_interval(secs => :pause)
             WHERE message_id = :messageId
            """)
                .param("messageId", messageId)
                .param("pause", pause.toMillis() / 1000.0)
                .update();
    }

    void loseSight(Collection<UUID> messageIds) {
        jdbc.sql("""
            UPDATE outbox
               SET state = 'UNKNOWN', lease_until = NULL, unknown_since = now()
             WHERE message_id = ANY (:messageIds)
            """).param("messageIds", messageIds.toArray(UUID[]::new)).update();
    }

    /// One more attempt, at once and by itself: a lane may have ended long ago, and what limits tries counts
    /// anew.
    void resend(UUID messageId) {
        jdbc.sql("""
            UPDATE outbox
               SET state = 'QUEUED', unknown_since = NULL, due_at = now(), created_at = now(), scheduled_at = NULL,
                   tries = 0, lane_id = NULL
             WHERE message_id = :messageId
            """).param("messageId", messageId).update();
    }

    /// Locks the row until the transaction ends. Answers whether nobody knows what became of its attempt.
    boolean holdUnknown(UUID messageId) {
        return jdbc.sql("SELECT state = 'UNKNOWN' FROM outbox WHERE message_id = :messageId FOR UPDATE")
                .param("messageId", messageId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /// Unknown for longer than that, the oldest first.
    List<UUID> unknownFor(Duration age, int limit) {
        return unknownFor(age, limit, "");
    }

    /// The same, locked until the transaction ends, without those that somebody else has locked.
    List<UUID> holdUnknownFor(Duration age, int limit) {
        return unknownFor(age, limit, "FOR UPDATE SKIP LOCKED");
    }

    private List<UUID> unknownFor(Duration age, int limit, String lock) {
        return jdbc.sql("""
            SELECT message_id
              FROM outbox
             WHERE state = 'UNKNOWN' AND unknown_since < now() - make_interval(secs => :age)
             ORDER BY unknown_since
             LIMIT :limit
            """ + lock)
                .param("age", age.toSeconds())
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    void remove(Collection<UUID> messageIds) {
        jdbc.sql("DELETE FROM outbox WHERE message_id = ANY (:messageIds)")
                .param("messageIds", messageIds.toArray(UUID[]::new))
                .update();
    }
}
