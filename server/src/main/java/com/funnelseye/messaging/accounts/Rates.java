package com.funnelseye.messaging.accounts;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The tokens of all nodes.
@Repository
class Rates {

    enum Kind {
        CALLS,
        SENDS
    }

    /// @param burst tokens at most
    /// @param perStep tokens added with each step
    /// @param step how often tokens are added
    /// @param batch tokens taken at a time
    record Rate(Kind kind, int burst, int perStep, Duration step, int batch) {

        Rate {
            batch = Math.min(batch, burst);
        }
    }

    /// @param pause until tokens are added again; zero when some were left
    record Taken(int tokens, Duration pause) {}

    private record Row(int taken, double untilNext) {}

    private final JdbcClient jdbc;

    Rates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Up to a batch, or none. A full bucket's next step begins when the first token is taken from it.
    Taken take(UUID account, Rate rate) {
        var row = jdbc.sql("""
            INSERT INTO rate AS bucket (account_id, kind, tokens, taken, filled_at)
            VALUES (:account, :kind::rate_kind, :burst - :batch, :batch, now())
                ON CONFLICT (account_id, kind) DO UPDATE
               SET (tokens, taken, filled_at) = (
                   SELECT filled.tokens - least(filled.tokens, :batch), least(filled.tokens, :batch),
                          CASE WHEN filled.tokens = :burst THEN greatest(bucket.filled_at, now())
                               ELSE bucket.filled_at + passed.steps * make_interval(secs => :step) END
                     FROM (SELECT greatest(0, floor(extract(epoch FROM now() - bucket.filled_at) / :step)) AS steps)
                          AS passed,
                  LATERAL (SELECT least(:burst, bucket.tokens + passed.steps * :perStep)::integer AS tokens) AS filled)
            RETURNING taken, extract(epoch FROM filled_at - now()) + :step AS until_next
            """)
                .param("account", account)
                .param("kind", rate.kind().name())
                .param("burst", rate.burst())
                .param("batch", rate.batch())
                .param("perStep", rate.perStep())
                .param("step", rate.step().toNanos() / 1e9)
                .query(Row.class)
                .single();
        var untilNext = Duration.ofNanos(Math.max(1, Math.round(row.untilNext() * 1e9)));
        return new Taken(row.taken(), row.taken() > 0 ? Duration.ZERO : untilNext);
    }
}
