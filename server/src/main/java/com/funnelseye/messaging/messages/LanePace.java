package com.funnelseye.messaging.messages;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// When the messages of a lane may go, whichever node begins them: one slot each, a delay apart. A lane without a delay
/// needs no slots.
@Repository
class LanePace {

    /// Slots of one lane, `delayMs` apart from `first` on. Times are the database's.
    record Slots(UUID laneId, Instant first, int delayMs) {

        Instant at(int place) {
            return first.plusMillis((long) place * delayMs);
        }
    }

    /// How far a node's own line of begun messages of a lane reaches, in seconds from now.
    record Reach(UUID laneId, double seconds) {}

    private final JdbcClient jdbc;

    LanePace(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Takes so many slots of each lane, after those this node has still to use. Lanes without a delay are left out.
    Map<UUID, Slots> take(Map<UUID, Long> wanted, List<Reach> reaches) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        var lanes = List.copyOf(wanted.keySet());
        return jdbc
                .sql("""
            WITH line AS (
                SELECT pace.lane_id, asked.slots, coalesce(reach.seconds, 0) AS reach
                  FROM unnest(:lanes::uuid[], :slots::bigint[]) AS asked (lane_id, slots)
                  JOIN lane_pace AS pace ON pace.lane_id = asked.lane_id
                  LEFT JOIN unnest(:reaching::uuid[], :reaches::float8[]) AS reach (lane_id, seconds)
                         ON reach.lane_id = pace.lane_id
                 WHERE pace.delay_ms > 0
                 ORDER BY pace.lane_id
                   FOR NO KEY UPDATE OF pace
            )
            UPDATE lane_pace
               SET next_send_at = greatest(next_send_at, clock_timestamp() + make_interval(secs => line.reach))
                                  + line.slots * make_interval(secs => delay_ms / 1000.0)
              FROM line
             WHERE lane_pace.lane_id = line.lane_id
            RETURNING lane_pace.lane_id,
                      next_send_at - line.slots * make_interval(secs => delay_ms / 1000.0) AS first, delay_ms
            """)
                .param("lanes", lanes.toArray(UUID[]::new))
                .param("slots", lanes.stream().map(wanted::get).toArray(Long[]::new))
                .param("reaching", reaches.stream().map(Reach::laneId).toArray(UUID[]::new))
                .param("reaches", reaches.stream().map(Reach::seconds).toArray(Double[]::new))
                .query(Slots.class)
                .list()
                .stream()
                .collect(Collectors.toMap(Slots::laneId, Function.identity()));
    }
}
