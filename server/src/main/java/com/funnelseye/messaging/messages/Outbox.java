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

    private static final String BEGIN =
            """
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
        jdbc.sql(
                        """
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
        return jdbc.sql(
                        """
            WITH due AS (
                SELECT message_id
                  FROM outbox
                 WHERE state = 'QUEUED' AND due_at <= now()
                 ORDER BY due_at, message_id
                 LIMIT :limit
                   FOR UPDATE SKIP LOCKED
            """
                                + BEGIN)
                .param("limit", limit)
                .param("lease", LEASE.toSeconds())
                .query(Attempt.class)
                .list();
    }

    /// Begins this one message, if it is due and nobody else has begun it.
    @Transactional
    public List<Attempt> begin(UUID messageId) {
        return jdbc.sql(
                        """
            WITH due AS (
                SELECT message_id
                  FROM outbox
                 WHERE message_id = :messageId AND state = 'QUEUED' AND due_at <= now()
                   FOR UPDATE SKIP LOCKED
            """
                                + BEGIN)
                .param("messageId", messageId)
                .param("lease", LEASE.toSeconds())
                .query(Attempt.class)
                .list();
    }

    boolean isUnderWay(UUID messageId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM outbox WHERE message_id = :messageId AND state = 'SENDING')")
                .param("messageId", messageId)
                .query(Boolean.class)
                .single();
    }

    /// Attempts whose lease ran out: their sender died, or its answer was never recorded.
    List<Attempt> overdue(int limit) {
        return jdbc.sql(
                        """
            SELECT outbox.attempt_id, message.id AS message_id, message.contact_id, outbox.tries, message.type, message.text,
                   message.media_url, message.media_filename,
                   NULL AS number, message.reply_to_wamid, false AS window_open
              FROM outbox
              JOIN message ON message.id = outbox.message_id
             WHERE outbox.state = 'SENDING' AND outbox.lease_until < now()
             ORDER BY outbox.lease_until
             LIMIT :limit
            """)
                .param("limit", limit)
                .query(Attempt.class)
                .list();
    }

    /// The message waits again, for so long.
    void postpone(UUID messageId, Duration pause) {
        jdbc.sql(
                        """
            UPDATE outbox
               SET state = 'QUEUED', lease_until = NULL, unknown_since = NULL,
                   due_at = now() + make_interval(secs => :pause)
             WHERE message_id = :messageId
            """)
                .param("messageId", messageId)
                .param("pause", pause.toMillis() / 1000.0)
                .update();
    }

    void loseSight(Collection<UUID> messageIds) {
        jdbc.sql(
                        """
            UPDATE outbox
               SET state = 'UNKNOWN', lease_until = NULL, unknown_since = now()
             WHERE message_id = ANY (:messageIds)
            """)
                .param("messageIds", messageIds.toArray(UUID[]::new))
                .update();
    }

    /// One more attempt, at once and by itself: a lane may have ended long ago, and what limits tries counts anew.
    void resend(UUID messageId) {
        jdbc.sql(
                        """
            UPDATE outbox
               SET state = 'QUEUED', unknown_since = NULL, due_at = now(), created_at = now(), scheduled_at = NULL,
                   tries = 0, lane_id = NULL
             WHERE message_id = :messageId
            """)
                .param("messageId", messageId)
                .update();
    }

    /// Locks the row until the transaction ends. Answers whether nobody knows what became of its attempt.
    boolean holdUnknown(UUID messageId) {
        return jdbc.sql("SELECT state = 'UNKNOWN' FROM outbox WHERE message_id = :messageId FOR UPDATE")
                .param("messageId", messageId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /// Unknown for longer than that, the oldest first.
    List<UUID> unknownFor(Duration age, int limit) {
        return unknownFor(age, limit, "");
    }

    /// The same, locked until the transaction ends, without those that somebody else has locked.
    List<UUID> holdUnknownFor(Duration age, int limit) {
        return unknownFor(age, limit, "FOR UPDATE SKIP LOCKED");
    }

    private List<UUID> unknownFor(Duration age, int limit, String lock) {
        return jdbc.sql(
                        """
            SELECT message_id
              FROM outbox
             WHERE state = 'UNKNOWN' AND unknown_since < now() - make_interval(secs => :age)
             ORDER BY unknown_since
             LIMIT :limit
            """
                                + lock)
                .param("age", age.toSeconds())
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    void remove(Collection<UUID> messageIds) {
        jdbc.sql("DELETE FROM outbox WHERE message_id = ANY (:messageIds)")
                .param("messageIds", messageIds.toArray(UUID[]::new))
                .update();
    }
}
