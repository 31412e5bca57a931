package com.funnelseye.messaging.accounts;

import static java.time.ZoneOffset.UTC;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Logins and their refresh tokens. Each refresh replaces the token; the one before stays good for [#GRACE], because
/// answers get lost and tabs race, and is answered with the same successor. A token older than that was copied, so its
/// login ends.
@Component
class Sessions {

    static final Duration GRACE = Duration.ofSeconds(30);
    private static final int SEED_BYTES = 32;

    private final JdbcClient jdbc;
    private final AuthSettings settings;
    private final Clock clock;

    Sessions(JdbcClient jdbc, AuthSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    sealed interface Rotation {
        record Rotated(UUID account, RefreshToken next) implements Rotation {}

        /// @param ended whose login was ended for it; null when the token named none
        record Refused(@Nullable UUID ended) implements Rotation {}
    }

    /// @param newest the token presented is the one last given out
    /// @param retried it is the one before, and was replaced only just now
    private record Family(UUID id, UUID accountId, String seed, boolean newest, boolean retried) {}

    @Transactional
    RefreshToken open(UUID account) {
        var now = clock.instant();
        var token = RefreshToken.first();
        var seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        jdbc.sql("DELETE FROM session WHERE account_id = :account AND expires_at <= :now")
                .param("account", account)
                .param("now", now.atOffset(UTC))
                .update();
        jdbc.sql("""
            INSERT INTO session (id, account_id, seed, token_hash, rotated_at, expires_at)
            VALUES (:id, :account, :seed, :tokenHash, :now, :expiresAt)
            """)
                .param("id", token.login())
                .param("account", account)
                .param("seed", seed)
                .param("tokenHash", token.hash())
                .param("now", now.atOffset(UTC))
                .param("expiresAt", now.plus(settings.refreshTokenLife()).atOffset(UTC))
                .update();
        return token;
    }

    /// A refusal is a result and no exception: ending the family must be committed.
    @Transactional
    Rotation rotate(RefreshToken presented) {
        var now = clock.instant();
        var found = locked(presented, now);
        if (found.isEmpty()) {
            return new Rotation.Refused(null);
        }
        var family = found.get();
        if (!family.newest() && !family.retried()) {
            end(family.id());
            return new Rotation.Refused(family.accountId());
        }
        var next = presented.successor(HexFormat.of().parseHex(family.seed()));
        if (family.newest()) {
            replace(family, next, now);
        }
        return new Rotation.Rotated(family.accountId(), next);
    }

    void end(UUID login) {
        jdbc.sql("DELETE FROM session WHERE id = :login").param("login", login).update();
    }

    /// Everywhere but here; `kept` null ends them all.
    void endOthers(UUID account, @Nullable UUID kept) {
        jdbc.sql("DELETE FROM session WHERE account_id = :account AND id IS DISTINCT FROM :kept::uuid")
                .param("account", account)
                .param("kept", kept)
                .update();
    }

    private Optional<Family> locked(RefreshToken presented, Instant now) {
        return jdbc.sql("""
            SELECT id, account_id, encode(seed, 'hex') AS seed,
                   token_hash = :hash AS newest,
                   previous_hash IS NOT DISTINCT FROM :hash AND rotated_at > :graceStart AS retried
              FROM session
             WHERE id = :login AND expires_at > :now
               FOR UPDATE
            """)
                .param("hash", presented.hash())
                .param("login", presented.login())
                .param("now", now.atOffset(UTC))
                .param("graceStart", now.minus(GRACE).atOffset(UTC))
                .query(Family.class)
                .optional();
    }

    private void replace(Family family, RefreshToken next, Instant now) {
        jdbc.sql("""
            UPDATE session
               SET previous_hash = token_hash, token_hash = :tokenHash,
                   rotated_at = :now, expires_at = :expiresAt
             WHERE id = :id
            """)
                .param("id", family.id())
                .param("tokenHash", next.hash())
                .param("now", now.atOffset(UTC))
                .param("expiresAt", now.plus(settings.refreshTokenLife()).atOffset(UTC))
                .update();
    }
}
