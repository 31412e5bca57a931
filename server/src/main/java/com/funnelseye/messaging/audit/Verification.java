package com.funnelseye.messaging.audit;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Walks the whole chain and says whether anybody changed history behind the triggers' backs.
@Service
class Verification {

    static final int STEP = 1000;

    enum Kind {
        EDITED,
        REMOVED,
        REORDERED,
        /// Written past the trigger, so that it was never to be sealed.
        ADDED
    }

    /// @param position of the seal, from 1; one beyond the last for what has none
    record Problem(long position, Kind kind) {}

    /// The end of the chain. Noted elsewhere, it proves later that nothing up to it was changed since.
    record Head(long position, String hash) {}

    /// @param rows entries there are, sealed or not
    record Verdict(
            boolean valid,
            long rows,
            long sealedRows,
            Head head,
            @Nullable Problem firstProblem) {}

    private record Counts(long rows, long sealed) {}

    private record Seal(
            long position, String hash, @Nullable String content) {}

    private final JdbcClient jdbc;

    Verification(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param noted a head seen earlier, to be found again in the chain
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Verdict verify(@Nullable Head noted) {
        var head = head();
        var problem = firstBreak(head, noted).or(() -> unsealed(head));
        var counts = jdbc.sql("""
            SELECT (SELECT count(*) FROM audit_entry) AS rows, (SELECT count(*) FROM audit_seal) AS sealed
            """).query(Counts.class).single();
        return new Verdict(problem.isEmpty(), counts.rows(), counts.sealed(), head, problem.orElse(null));
    }

    private Optional<Problem> firstBreak(Head head, @Nullable Head noted) {
        var previous = Chain.ORIGIN;
        var position = 0L;
        for (var seals = seals(0); !seals.isEmpty(); seals = seals(position)) {
            for (var seal : seals) {
                position++;
                var problem = problemAt(position, seal, previous);
                if (problem.isEmpty() && noted != null && noted.position() == position && differs(seal, noted)) {
                    problem = Optional.of(new Problem(position, Kind.EDITED));
                }
                if (problem.isPresent()) {
                    return problem;
                }
                previous = seal.hash();
            }
        }
        return ending(head, position, previous)
                .or(() -> noted == null || noted.position() <= head.position()
                        ? Optional.empty()
                        : Optional.of(new Problem(head.position() + 1, Kind.REMOVED)));
    }

    private Optional<Problem> problemAt(long expected, Seal seal, String previous) {
        var content = seal.content();
        if (seal.position() != expected || content == null) {
            return Optional.of(new Problem(expected, Kind.REMOVED));
        }
        if (seal.hash().equals(Chain.link(previous, content))) {
            return Optional.empty();
        }
        return Optional.of(new Problem(expected, isElsewhere(previous) ? Kind.REORDERED : Kind.EDITED));
    }

    /// The head outlives the last seals, so that those cannot vanish quietly.
    private static Optional<Problem> ending(Head head, long position, String previous) {
        if (head.position() > position) {
            return Optional.of(new Problem(position + 1, Kind.REMOVED));
        }
        return head.position() == position && head.hash().equals(previous)
                ? Optional.empty()
                : Optional.of(new Problem(position, Kind.EDITED));
    }

    private static boolean differs(Seal seal, Head noted) {
        return !seal.hash().equalsIgnoreCase(noted.hash());
    }

    /// Whether the entry that belongs after `previous` is still there, only not in its place.
    private boolean isElsewhere(String previous) {
        return jdbc.sql("""
            SELECT EXISTS (
                   SELECT
                     FROM audit_entry
                     JOIN audit_seal ON audit_seal.hash = sha256(decode(:previous, 'hex')
                                                || convert_to(audit_content(audit_entry), 'UTF8')))
            """).param("previous", previous).query(Boolean.class).single();
    }

    /// Every entry without a seal waits for one, and whatever waits is there.
    private Optional<Problem> unsealed(Head head) {
        return jdbc.sql("""
            SELECT CASE WHEN audit_entry.id IS NULL THEN 'REMOVED' ELSE 'ADDED' END
              FROM audit_entry
              FULL JOIN (SELECT entry_id FROM audit_seal
                          UNION ALL
                         SELECT entry_id FROM audit_pending) AS known ON known.entry_id = audit_entry.id
             WHERE audit_entry.id IS NULL OR known.entry_id IS NULL
             LIMIT 1
            """).query(Kind.class).optional().map(kind -> new Problem(head.position() + 1, kind));
    }

    private Head head() {
        return jdbc.sql("SELECT position, encode(hash, 'hex') AS hash FROM audit_head")
                .query(Head.class)
                .optional()
                .orElse(new Head(0, Chain.ORIGIN));
    }

    private List<Seal> seals(long after) {
        return jdbc.sql("""
            SELECT audit_seal.position, encode(audit_seal.hash, 'hex') AS hash,
                   CASE WHEN audit_entry.id IS NOT NULL THEN audit_content(audit_entry) END AS content
              FROM audit_seal
              LEFT JOIN audit_entry ON audit_entry.id = audit_seal.entry_id
             WHERE audit_seal.position > :after
             ORDER BY audit_seal.position
             LIMIT :step
            """)
                .param("after", after)
                .param("step", STEP)
                .query(Seal.class)
                .list();
    }
}
