package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.messages.LanePace.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Chooses what goes next, and holds it until the caller's transaction ends. Nothing goes while sending is
/// held.
@Repository
class Picks {

    /// Slots of a lane are taken no further ahead than this, so that a pause is soon felt.
    static final Duration AHEAD = Duration.ofMillis(500);

    record Pick(UUID messageId, @Nullable UUID laneId) {

        UUID lane() {
            return Objects.requireNonNull(laneId, "a single message");
        }
    }

    private final JdbcClient jdbc;

    Picks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Pick> one(UUID messageId) {
        return jdbc.sql("""
            SELECT message_id, lane_id
              FROM outbox
             WHERE message_id = :messageId AND state = 'QUEUED' AND due_at <= now() AND lane_id IS NULL
               AND NOT EXISTS (SELECT FROM sending_hold)
               FOR UPDATE OF outbox SKIP LOCKED
            """).param("messageId", messageId).query(Pick.class).optional();
    }

    /// Messages of no lane, the longest due first.
    List<Pick> singles(int limit) {
        return jdbc.sql("""
            SELECT message_id, lane_id
              FROM outbox
             WHERE state = 'QUEUED' AND due_at <= now() AND lane_id IS NULL
               AND NOT EXISTS (SELECT FROM sending_hold)
             ORDER BY due_at, message_id
             LIMIT :limit
               FOR UPDATE OF outbox SKIP LOCKED
            """).param("limit", limit).query(Pick.class).list();
    }

    /// Messages of running lanes: the same share for each coach, however many lanes she has, and within hers
    /// the same for each lane; never more of a lane than its delay lets go soon. When there is not enough for
    /// all, chance decides whose turn it is. The lanes are held too, so that none is paused before this
    /// transaction ends; a lane that is just being paused is passed over.
    ///
    /// @param unhurried how many of each lane without a delay
    /// @param reaches how far this node's own lines reach already
    List<Pick> ofLanes(int limit, int unhurried, List<Reach> reaches) {
        return jdbc.sql("""
            WITH going AS (
                SELECT lane.id, coalesce(lane.coach_id::text, '') AS coach,
                       CASE WHEN pace.delay_ms = 0 THEN :unhurried
                            ELSE ceil(extract(epoch FROM now() + make_interval(secs => :ahead) - greatest(
                                          pace.next_send_at, now() + make_interval(secs => coalesce(reach.seconds, 0))
                                      )) * 1000 / pace.delay_ms)
                        END AS room
                  FROM lane
                  JOIN lane_pace AS pace ON pace.lane_id = lane.id
                  LEFT JOIN account ON account.id = lane.coach_id
                  LEFT JOIN unnest(:reaching::uuid[], :reaches::float8[]) AS reach (lane_id, seconds)
                         ON reach.lane_id = lane.id
                 WHERE lane.state = 'RUNNING' AND account.status IS DISTINCT FROM 'SUSPENDED'
                   AND NOT EXISTS (SELECT FROM sending_hold)
                   AND (SELECT 1
                          FROM outbox
                         WHERE lane_id = lane.id AND state = 'QUEUED' AND due_at <= now()
                         LIMIT 1) IS NOT NULL
            ), served AS (
                SELECT id, coach, room, count(*) OVER (PARTITION BY coach) AS lanes,
                       row_number() OVER (PARTITION BY coach ORDER BY hashtextextended(id::text, :chance)) AS turn,
                       (SELECT count(DISTINCT coach) FROM going WHERE room > 0) AS coaches
                  FROM going
                 WHERE room > 0
            ), share AS (
                SELECT id, least(room, ceil(:limit::float8 / (coaches * lanes)))::integer AS messages
                  FROM served
                 ORDER BY turn, hashtextextended(coach, :chance)
                 LIMIT :limit
            ), held AS (
                SELECT lane.id, share.messages
                  FROM share
                  JOIN lane ON lane.id = share.id
                 WHERE lane.state = 'RUNNING'
                   FOR SHARE OF lane SKIP LOCKED
            )
            SELECT next.message_id, held.id AS lane_id
              FROM held
             CROSS JOIN LATERAL (
                   SELECT message_id
                     FROM outbox
                    WHERE outbox.lane_id = held.id AND state = 'QUEUED' AND due_at <= now()
                    ORDER BY due_at, message_id
                    LIMIT held.messages
                      FOR UPDATE SKIP LOCKED) AS next
            """)
                .param("limit", limit)
                .param("unhurried", unhurried)
                .param("ahead", AHEAD.toMillis() / 1000.0)
                .param("chance", ThreadLocalRandom.current().nextLong())
                .param("reaching", reaches.stream().map(Reach::laneId).toArray(UUID[]::new))
                .param("reaches", reaches.stream().map(Reach::seconds).toArray(Double[]::new))
                .query(Pick.class)
                .list();
    }
}
