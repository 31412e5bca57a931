package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.messages.Lanes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Folds what moved into the counters of bulks, and pauses those whose messages fail one after the other. One server
/// folds at a time.
@Service
class BulkCounts {

    /// Moves folded in one transaction.
    static final int BATCH = 5_000;

    private record Move(
            long id,
            UUID bulkId,
            Instant at,
            int successful,
            int failed,
            int pending,
            int unconfirmed,
            int cancelled,
            long creditsReserved,
            long creditsUsed,
            int accepted,
            int refused,
            int arrived,
            int undelivered) {}

    private record Counted(
            UUID id,
            @Nullable Integer autoPauseAfterFailures,
            int refusedInARow,
            int undeliveredInARow) {}

    private final JdbcClient jdbc;
    private final Lanes lanes;

    BulkCounts(JdbcClient jdbc, Lanes lanes) {
        this.jdbc = jdbc;
        this.lanes = lanes;
    }

    /// One pass. Answers how many moves it folded.
    @Transactional
    public int runOnce() {
        if (!isMyTurn()) {
            return 0;
        }
        var moves = take();
        Map<UUID, List<Move>> byBulk = new TreeMap<>();
        moves.forEach(move ->
                byBulk.computeIfAbsent(move.bulkId(), _ -> new ArrayList<>()).add(move));
        byBulk.forEach(this::fold);
        return moves.size();
    }

    private boolean isMyTurn() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('bulk counts', 0))")
                .query(Boolean.class)
                .single();
    }

    private List<Move> take() {
        return jdbc.sql("""
            WITH taken AS (
                DELETE FROM bulk_move
                 WHERE id IN (SELECT id FROM bulk_move ORDER BY id LIMIT :batch)
                RETURNING id, bulk_id, at, successful, failed, pending, unconfirmed, cancelled, credits_reserved,
                          credits_used, accepted, refused, arrived, undelivered
            )
            SELECT id, bulk_id, at, successful, failed, pending, unconfirmed, cancelled, credits_reserved,
                   credits_used, accepted, refused, arrived, undelivered
              FROM taken
             ORDER BY id
            """).param("batch", BATCH).query(Move.class).list();
    }

    private void fold(UUID bulkId, List<Move> moves) {
        var bulk = jdbc.sql("""
            SELECT id, auto_pause_after_failures, refused_in_a_row, undelivered_in_a_row
              FROM bulk
             WHERE id = :id
               FOR NO KEY UPDATE
            """).param("id", bulkId).query(Counted.class).optional();
        bulk.ifPresent(counted -> {
            var streak = Streak.of(counted.refusedInARow(), counted.undeliveredInARow());
            for (var move : moves) {
                streak = streak.after(move.accepted(), move.refused(), move.arrived(), move.undelivered());
            }
            var pauses = counted.autoPauseAfterFailures() != null
                    && streak.worst() >= counted.autoPauseAfterFailures();
            if (pauses) {
                lanes.pause(bulkId, "Paused after %d failures in a row".formatted(streak.worst()));
            }
            add(bulkId, moves, pauses ? Streak.NONE : streak);
        });
    }

    private void add(UUID bulkId, List<Move> moves, Streak streak) {
        jdbc.sql("""
            UPDATE bulk
               SET successful = successful + :successful, failed = failed + :failed, pending = pending + :pending,
                   unconfirmed = unconfirmed + :unconfirmed, cancelled = cancelled + :cancelled,
                   credits_reserved = credits_reserved + :creditsReserved,
                   credits_used = credits_used + :creditsUsed,
                   refused_in_a_row = :refused, undelivered_in_a_row = :undelivered,
                   moved_at = greatest(moved_at, :at)
             WHERE id = :id
            """)
                .param("id", bulkId)
                .param("successful", sum(moves, Move::successful))
                .param("failed", sum(moves, Move::failed))
                .param("pending", sum(moves, Move::pending))
                .param("unconfirmed", sum(moves, Move::unconfirmed))
                .param("cancelled", sum(moves, Move::cancelled))
                .param("creditsReserved", moves.stream().mapToLong(Move::creditsReserved).sum())
                .param("creditsUsed", moves.stream().mapToLong(Move::creditsUsed).sum())
                .param("refused", streak.refused())
                .param("undelivered", streak.undelivered())
                .param("at", moves.getLast().at().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static int sum(List<Move> moves, ToIntFunction<Move> part) {
        return moves.stream().mapToInt(part).sum();
    }
}
