package com.funnelseye.messaging.messages;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.http.IdempotencyKey.Hashes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class IdempotencyKeyRepository {

    enum Kind {
        MESSAGE,
        LANE
    }

    record Kept(Kind kind, UUID id, String requestHash) {}

    private final JdbcClient jdbc;

    IdempotencyKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The key is this transaction's alone until it ends. False when it is another's: its server is at work on it, or
    /// has stopped in the middle, which the database notices by itself.
    boolean hold(UUID account, Hashes hashes) {
        var lock = Long.parseUnsignedLong(hashes.key().substring(0, 16), 16)
                ^ account.getMostSignificantBits()
                ^ account.getLeastSignificantBits();
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                .param("lock", lock)
                .query(Boolean.class)
                .single();
    }

    /// What was made with the key since then.
    Optional<Kept> find(UUID account, Hashes hashes, Instant since) {
        return jdbc.sql("""
            SELECT CASE WHEN message_id IS NULL THEN 'LANE' ELSE 'MESSAGE' END AS kind,
                   coalesce(message_id, lane_id) AS id, encode(request_hash, 'hex') AS request_hash
              FROM idempotency_key
             WHERE account_id = :account AND key_hash = decode(:key, 'hex') AND created_at > :since
            """)
                .param("account", account)
                .param("key", hashes.key())
                .param("since", since.atOffset(UTC))
                .query(Kept.class)
                .optional();
    }

    /// In the place of one that is too old, if there is one.
    void keep(Kind kind, UUID account, Hashes hashes, UUID id, Instant now) {
        jdbc.sql("""
            INSERT INTO idempotency_key (account_id, key_hash, request_hash, message_id, lane_id, created_at)
            VALUES (:account, decode(:key, 'hex'), decode(:request, 'hex'), :messageId, :laneId, :now)
                ON CONFLICT (account_id, key_hash) DO UPDATE
               SET request_hash = excluded.request_hash, message_id = excluded.message_id, lane_id = excluded.lane_id,
                   created_at = excluded.created_at
            """)
                .param("account", account)
                .param("key", hashes.key())
                .param("request", hashes.request())
                .param("messageId", kind == Kind.MESSAGE ? id : null)
                .param("laneId", kind == Kind.LANE ? id : null)
                .param("now", now.atOffset(UTC))
                .update();
    }

    int clear(Instant until, int limit) {
        return jdbc.sql("""
            WITH past AS (
                SELECT account_id, key_hash
                  FROM idempotency_key
                 WHERE created_at <= :until
                 ORDER BY created_at
                 LIMIT :limit
                   FOR UPDATE SKIP LOCKED
            )
            DELETE FROM idempotency_key
             USING past
             WHERE idempotency_key.account_id = past.account_id AND idempotency_key.key_hash = past.key_hash
            """)
                .param("until", until.atOffset(UTC))
                .param("limit", limit)
                .update();
    }
}
