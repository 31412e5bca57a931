package com.funnelseye.messaging.messages;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// How many messages one person gets how fast. WhatsApp allows a sender a burst to one person, then one every
/// few seconds; what comes sooner waits here instead of being refused there. See
/// [throughput](https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput).
@Repository
class PersonPace {

    static final int BURST = 45;
    static final Duration REFILL = Duration.ofSeconds(6);

    /// What a suspended coach wrote is looked at again after this.
    static final Duration SUSPENDED = Duration.ofMinutes(1);

    private static final int MAX_EXPONENT = 5;

    private static final String GRANTED = """
        CASE WHEN pace.not_before > now() THEN 0
             ELSE greatest(0, least(excluded.granted, floor(
                      extract(epoch FROM now() - greatest(pace.full_at, now())) / :refill) + :burst))
        END
        """;

    private final JdbcClient jdbc;

    PersonPace(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Takes a token for each of these messages, whose outbox rows the caller holds, and answers those that may
    /// go. The others wait until there is one; so does what a coach wrote who is suspended now.
    List<UUID> take(List<UUID> messageIds) {
        return jdbc.sql("""
            WITH wanted AS (
                SELECT picked.message_id, picked.place, message.phone_number_id, contact.person,
                       coalesce(account.status = 'SUSPENDED', false) AS is_suspended
                  FROM unnest(:messageIds::uuid[]) WITH ORDINALITY AS picked (message_id, place)
                  JOIN message ON message.id = picked.message_id
                  JOIN contact ON contact.id = message.contact_id
                  LEFT JOIN account ON account.id = message.sender_id AND message.sender_type = 'COACH'
            ), turn AS (
                SELECT message_id, place, phone_number_id, person,
                       row_number() OVER (PARTITION BY phone_number_id, person ORDER BY place) AS nth
                  FROM wanted
                 WHERE NOT is_suspended
            ), token AS (
                INSERT INTO person_pace AS pace (phone_number_id, person, granted, full_at)
                SELECT phone_number_id, person, least(count(*), :burst),
                       now() + make_interval(secs => :refill * least(count(*), :burst))
                  FROM turn
                 GROUP BY phone_number_id, person
                 ORDER BY phone_number_id, person
                    ON CONFLICT (phone_number_id, person) DO UPDATE
                   SET granted =
            """ + GRANTED + """
                     , full_at = greatest(pace.full_at, now()) + make_interval(secs => :refill * (
            """ + GRANTED + """
                       ))
                RETURNING phone_number_id, person, granted, full_at, not_before
            ), put_off AS (
                UPDATE outbox
                   SET due_at = greatest(token.not_before,
                                         token.full_at + make_interval(secs => :refill * (nth - granted - :burst)))
                  FROM turn
                  JOIN token USING (phone_number_id, person)
                 WHERE outbox.message_id = turn.message_id AND nth > granted
            ), held_back AS (
                UPDATE outbox
                   SET due_at = now() + make_interval(secs => :suspended)
                  FROM wanted
                 WHERE outbox.message_id = wanted.message_id AND is_suspended
            )
            SELECT message_id
              FROM turn
              JOIN token USING (phone_number_id, person)
             WHERE nth <= granted
             ORDER BY place
            """)
                .param("messageIds", messageIds.toArray(UUID[]::new))
                .param("burst", BURST)
                .param("refill", (double) REFILL.toSeconds())
                .param("suspended", (double) SUSPENDED.toSeconds())
                .query(UUID.class)
                .list();
    }

    /// WhatsApp refused this message as one too many for its person: nothing goes to her for 4^k seconds, where
    /// k counts the refusals in a row. What is refused while she waits already was under way before, and does
    /// not count.
    void refused(UUID messageId) {
        jdbc.sql("""
            INSERT INTO person_pace AS pace (phone_number_id, person, full_at, not_before)
            SELECT message.phone_number_id, contact.person, now(), now() + interval '1 second'
              FROM message
              JOIN contact ON contact.id = message.contact_id
             WHERE message.id = :messageId
                ON CONFLICT (phone_number_id, person) DO UPDATE
               SET (refusals, not_before) = (
                       SELECT next.refusals, now() + make_interval(secs => 4 ^ next.refusals)
                         FROM (SELECT CASE WHEN pace.not_before > now() - make_interval(secs => 60 + 4 ^ pace.refusals)
                                           THEN least(pace.refusals + 1, :maxExponent)
                                           ELSE 0 END AS refusals) AS next)
             WHERE pace.not_before <= now()
            """)
                .param("messageId", messageId)
                .param("maxExponent", MAX_EXPONENT)
                .update();
    }

    /// Forgets whoever has all her tokens back. Always 0: there is nothing more to do before the next interval.
    int sweep() {
        jdbc.sql("""
            WITH idle AS (
                SELECT phone_number_id, person
                  FROM person_pace
                 WHERE full_at < now() AND not_before < now() - make_interval(secs => 60 + 4 ^ :maxExponent)
                   FOR UPDATE SKIP LOCKED
            )
            DELETE FROM person_pace
             USING idle
             WHERE person_pace.phone_number_id = idle.phone_number_id AND person_pace.person = idle.person
            """).param("maxExponent", MAX_EXPONENT).update();
        return 0;
    }
}
