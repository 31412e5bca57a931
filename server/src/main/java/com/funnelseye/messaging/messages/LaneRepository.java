package com.funnelseye.messaging.messages;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Control rows of lanes. Times are the database's.
@Repository
class LaneRepository {

    private static final String MAY_RUN =
            "(CASE WHEN starts_at > now() THEN 'SCHEDULED' ELSE 'RUNNING' END)::lane_state";

    private final JdbcClient jdbc;

    LaneRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(UUID id, @Nullable UUID coachId, Duration delay, @Nullable Instant startsAt) {
        jdbc.sql("""
            WITH opened AS (
                INSERT INTO lane (id, coach_id, state, starts_at, started_at)
                SELECT :id, :coachId,
                       (CASE WHEN starts_at > now() THEN 'SCHEDULED' ELSE 'RUNNING' END)::lane_state,
                       starts_at, CASE WHEN starts_at <= now() THEN now() END
                  FROM (SELECT coalesce(:startsAt::timestamptz, now()) AS starts_at) AS asked
                RETURNING id
            )
            INSERT INTO lane_pace (lane_id, delay_ms)
            SELECT id, :delay
              FROM opened
            """)
                .param("id", id)
                .param("coachId", coachId)
                .param("startsAt", startsAt == null ? null : startsAt.atOffset(ZoneOffset.UTC))
                .param("delay", delay.toMillis())
                .update();
    }

    Optional<Lane> byId(UUID id) {
        return jdbc.sql("""
            SELECT id, coach_id, state, paused_reason, starts_at, started_at, ended_at
              FROM lane
             WHERE id = :id
            """).param("id", id).query(Lane.class).optional();
    }

    /// While this transaction lasts the lane stays as it is.
    Optional<Lane.State> hold(UUID id) {
        return jdbc.sql("SELECT state FROM lane WHERE id = :id FOR SHARE")
                .param("id", id)
                .query(Lane.State.class)
                .optional();
    }

    /// Waits for whoever is just beginning a message of the lane.
    boolean pause(UUID id, String reason) {
        return jdbc.sql("""
            UPDATE lane
               SET state = 'PAUSED', paused_reason = :reason
             WHERE id = :id AND state IN ('SCHEDULED', 'RUNNING')
            """)
                        .param("id", id)
                        .param("reason", reason)
                        .update()
                == 1;
    }

    boolean resume(UUID id) {
        return jdbc.sql("UPDATE lane SET state = " + MAY_RUN + """
                , paused_reason = NULL,
                   started_at = CASE WHEN starts_at > now() THEN started_at ELSE coalesce(started_at, now()) END
             WHERE id = :id AND state = 'PAUSED'
            """).param("id", id).update() == 1;
    }

    boolean cancel(UUID id) {
        return jdbc.sql("""
            UPDATE lane
               SET state = 'CANCELLING', paused_reason = NULL
             WHERE id = :id AND state IN ('SCHEDULED', 'RUNNING', 'PAUSED')
            """).param("id", id).update() == 1;
    }

    /// Those that could be paused, in the order their rows are to be locked in.
    List<UUID> goingOnOf(@Nullable UUID coachId) {
        return jdbc.sql("""
            SELECT id
              FROM lane
             WHERE state IN ('SCHEDULED', 'RUNNING') AND (:coachId::uuid IS NULL OR coach_id = :coachId)
             ORDER BY id
            """).param("coachId", coachId).query(UUID.class).list();
    }

    List<UUID> pausedOf(UUID coachId, String reason) {
        return jdbc.sql("""
            SELECT id
              FROM lane
             WHERE state = 'PAUSED' AND coach_id = :coachId AND paused_reason = :reason
             ORDER BY id
            """)
                .param("coachId", coachId)
                .param("reason", reason)
                .query(UUID.class)
                .list();
    }

    int runningOf(UUID coachId) {
        return jdbc.sql("SELECT count(*) FROM lane WHERE coach_id = :coachId AND state = 'RUNNING'")
                .param("coachId", coachId)
                .query(Integer.class)
                .single();
    }

    /// Lanes whose time has come. A lane somebody is just changing is left for the next pass.
    int start() {
        return jdbc.sql("""
            WITH due AS (
                SELECT id
                  FROM lane
                 WHERE state = 'SCHEDULED' AND starts_at <= now()
                 ORDER BY id
                   FOR NO KEY UPDATE SKIP LOCKED
            )
            UPDATE lane
               SET state = 'RUNNING', started_at = now()
              FROM due
             WHERE lane.id = due.id
            """).update();
    }

    List<UUID> cancelling() {
        return jdbc.sql("SELECT id FROM lane WHERE state = 'CANCELLING' ORDER BY id")
                .query(UUID.class)
                .list();
    }

    /// Waiting messages of a lane, held until this transaction ends.
    List<UUID> holdWaiting(UUID id, int limit) {
        return jdbc.sql("""
            SELECT message_id
              FROM outbox
             WHERE lane_id = :id AND state = 'QUEUED'
             ORDER BY message_id
             LIMIT :limit
               FOR UPDATE
            """)
                .param("id", id)
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    /// Lanes, of these or of all, in which nothing waits and nothing is under way.
    List<UUID> emptyOf(@Nullable Collection<UUID> ids) {
        return jdbc.sql("""
            SELECT id
              FROM lane
             WHERE state IN ('RUNNING', 'CANCELLING') AND (:ids::uuid[] IS NULL OR id = ANY (:ids))
               AND NOT EXISTS (SELECT FROM outbox WHERE lane_id = lane.id AND state = 'QUEUED')
               AND NOT EXISTS (SELECT FROM outbox WHERE lane_id = lane.id AND state = 'SENDING')
             ORDER BY id
            """)
                .param("ids", ids == null ? null : ids.toArray(UUID[]::new))
                .query(UUID.class)
                .list();
    }

    /// Nobody adds to the lane, begins or requeues one of its messages before this transaction ends.
    void holdAgainstAll(UUID id) {
        jdbc.sql("SELECT id FROM lane WHERE id = :id FOR NO KEY UPDATE")
                .param("id", id)
                .query(UUID.class)
                .optional();
    }

    /// Ends the lane if it is still empty, now that it is held.
    boolean end(UUID id) {
        return jdbc.sql("""
            UPDATE lane
               SET state = (CASE state WHEN 'RUNNING' THEN 'COMPLETED' ELSE 'CANCELLED' END)::lane_state,
                   ended_at = now()
             WHERE id = :id AND state IN ('RUNNING', 'CANCELLING')
               AND NOT EXISTS (SELECT FROM outbox WHERE lane_id = lane.id AND state = 'QUEUED')
               AND NOT EXISTS (SELECT FROM outbox WHERE lane_id = lane.id AND state = 'SENDING')
            """).param("id", id).update() == 1;
    }

    /// While this transaction lasts these lanes stay as they are. Answers those that are over, or about to be.
    Map<UUID, Lane.State> holdAndFindEnded(Collection<UUID> ids) {
        record Held(UUID id, Lane.State state) {}
        if (ids.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("SELECT id, state FROM lane WHERE id = ANY (:ids) ORDER BY id FOR SHARE")
                .param("ids", ids.toArray(UUID[]::new))
                .query(Held.class)
                .list()
                .stream()
                .filter(lane -> lane.state().isOver())
                .collect(toMap(Held::id, Held::state));
    }

    /// What still waits of these messages waits by itself from now on.
    void leave(Collection<UUID> messageIds) {
        jdbc.sql("UPDATE outbox SET lane_id = NULL WHERE message_id = ANY (:messageIds) AND state = 'QUEUED'")
                .param("messageIds", messageIds.toArray(UUID[]::new))
                .update();
    }
}
