package com.funnelseye.messaging.accounts;

import static java.time.ZoneOffset.UTC;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Ten failed logins per account and address in 15 minutes, counted in the database for all nodes together. Each
/// attempt is counted before its password is looked at and given back when it was right, so that fifty guesses at
/// once are still only ten.
@Component
class LoginLimit {

    static final int MAX_FAILURES = 10;
    static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int CLEARED_AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    LoginLimit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Who is trying, from where.
    record Attempt(String who, String address) {

        byte[] whoHash() {
            return Sha256.of(who.getBytes(StandardCharsets.UTF_8));
        }

        /// One customer has a whole /64 of IPv6 addresses; they count as one.
        String network() {
            try {
                return InetAddress.getByName(address) instanceof Inet6Address six
                        ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8)) + "/64"
                        : address;
            } catch (UnknownHostException notAnAddress) {
                return address;
            }
        }
    }

    void count(Attempt attempt) {
        var now = clock.instant();
        clear(now);
        var counted = jdbc.sql("""
            INSERT INTO login_failure AS so_far (who_hash, address, since, failures)
            VALUES (:whoHash, :address, :now, 1)
                ON CONFLICT (who_hash, address) DO UPDATE
               SET since = CASE WHEN so_far.since <= :windowStart THEN :now ELSE so_far.since END,
                   failures = CASE WHEN so_far.since <= :windowStart THEN 1 ELSE so_far.failures + 1 END
             WHERE so_far.since <= :windowStart OR so_far.failures < :maxFailures
            """)
                .param("whoHash", attempt.whoHash())
                .param("address", attempt.network())
                .param("now", now.atOffset(UTC))
                .param("windowStart", now.minus(WINDOW).atOffset(UTC))
                .param("maxFailures", MAX_FAILURES)
                .update();
        if (counted == 0) {
            throw new TooManyLogins(waitOf(attempt, now));
        }
    }

    void giveBack(Attempt attempt) {
        jdbc.sql("""
            UPDATE login_failure
               SET failures = greatest(failures - 1, 0)
             WHERE who_hash = :whoHash AND address = :address
            """)
                .param("whoHash", attempt.whoHash())
                .param("address", attempt.network())
                .update();
    }

    private Duration waitOf(Attempt attempt, Instant now) {
        return jdbc.sql("SELECT since FROM login_failure WHERE who_hash = :whoHash AND address = :address")
                .param("whoHash", attempt.whoHash())
                .param("address", attempt.network())
                .query(Instant.class)
                .optional()
                .map(since -> Duration.between(now, since.plus(WINDOW)))
                .orElse(WINDOW);
    }

    /// What no longer counts goes, a little at every login, so that guessing at random addresses fills no disk.
    private void clear(Instant now) {
        jdbc.sql("""
            WITH past AS (
                SELECT who_hash, address
                  FROM login_failure
                 WHERE since <= :windowStart
                 ORDER BY since
                 LIMIT :limit
                   FOR UPDATE SKIP LOCKED
            )
            DELETE FROM login_failure
             USING past
             WHERE login_failure.who_hash = past.who_hash AND login_failure.address = past.address
            """)
                .param("windowStart", now.minus(WINDOW).atOffset(UTC))
                .param("limit", CLEARED_AT_ONCE)
                .update();
    }
}
