package com.funnelseye.messaging.messages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
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

    private static final String BEGIN = """
        ), begun AS (
            UPDATE outbox
               SET state = 'SENDING', attempt_id = gen_random_uuid(), tries = tries + 1,
                   lease_until = now() + make_interval(secs => :lease)
              FROM due
             WHERE outbox.message_id = due.message_id
            RETURNING outbox.message_id, outbox.attempt_id, outbox.tries
        ), attempted AS (
            INSERT INTO attempt (id, message_id, n, phone_number_id)
            SELECT begun.attempt_id, begun.message_id,
                   (SELECT count(*) + 1 FROM attempt WHERE attempt.message_id = begun.message_id),
                   message.phone_number_id
              FROM begun
              JOIN message ON message.id = begun.message_id
        )
        SELECT begun.attempt_id, message.id AS message_id, message.contact_id, begun.tries, message.type, message.text,
               message.media_url, message.media_filename,
               coalesce('+' || contact.wa_id, contact.phone) AS number, message.reply_to_wamid,
               coalesce(last_inbound.at > now() - interval '24 hours', false) AS window_open
          FROM begun
          JOIN message ON message.id = begun.message_id
          JOIN contact ON contact.id = message.contact_id
          LEFT JOIN last_inbound ON last_inbound.phone_number_id = message.phone_number_id
                                AND last_inbound.person = contact.person
        """;

    private final JdbcClient jdbc;

    Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    /// Begins up to `limit` due messages. Once this has committed each may reach WhatsApp, so none is ever begun again
    /// by a timer. If the commit's answer is lost nothing is returned, and so nothing is sent.
    @Transactional
    public List<Attempt> begin(int limit) {
        return jdbc.sql("""
            WITH due AS (
                SELECT message_id
                  FROM outbox
                 WHERE state = 'QUEUED' AND due_at <= now()
                 ORDER BY due_at, message_id
                 LIMIT :limit
                   FOR UPDATE SKIP LOCKED
            """ + BEGIN)
                .param("limit", limit)
                .param("lease", LEASE.toSeconds())
                .query(Attempt.class)
                .list();
    }

    /// Begins this one message, if it is due and nobody else has begun it.
    @Transactional
    public List<Attempt> begin(UUID messageId) {
        return jdbc.sql("""
            WITH due AS (
                SELECT message_id
                  FROM outbox
                 WHERE message_id = :messageId AND state = 'QUEUED' AND due_at <= now()
                   FOR UPDATE SKIP LOCKED
            """ + BEGIN)
                .param("messageId", messageId)
                .param("lease", LEASE.toSeconds())
                .query(Attempt.class)
                .list();
    }

    /// Begun, or about to be: what is due and was locked when we came may be begun but not committed yet.
    boolean isUnderWay(UUID messageId) {
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
                   NULL AS number, message.reply_to_wamid, false AS window_open
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
               SET state = 'QUEUED', lease_until = NULL, due_at = now() + make_interval(secs => :pause)
             WHERE message_id = :messageId
            """)
                .param("messageId", messageId)
                .param("pause", pause.toMillis() / 1000.0)
                .update();
    }

    void loseSight(UUID messageId) {
        jdbc.sql("UPDATE outbox SET state = 'UNKNOWN', lease_until = NULL WHERE message_id = :messageId")
                .param("messageId", messageId)
                .update();
    }

    void remove(Collection<UUID> messageIds) {
        jdbc.sql("DELETE FROM outbox WHERE message_id = ANY (:messageIds)")
                .param("messageIds", messageIds.toArray(UUID[]::new))
                .update();
    }
}
