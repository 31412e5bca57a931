package com.funnelseye.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What must hold of messages and money whatever happened. Each query counts the rows that break one rule.
@Component
public class Invariants {

    private static final Map<String, String> RULES = new LinkedHashMap<>();

    static {
        RULES.put("an outbound message is either open or settled", """
            SELECT count(*)
              FROM message
              LEFT JOIN outbox ON outbox.message_id = message.id
             WHERE CASE message.direction WHEN 'OUTBOUND' THEN (message.outcome IS NULL) = (outbox.message_id IS NULL)
                                          ELSE outbox.message_id IS NOT NULL END
            """);
        RULES.put("I1 balances are the fold of the ledger", """
            SELECT count(*)
              FROM credit_account
              LEFT JOIN (
                   SELECT coach_id,
                          sum(CASE kind WHEN 'RESERVE' THEN -amount WHEN 'CAPTURE' THEN 0 ELSE amount END) AS available,
                          sum(CASE kind WHEN 'RESERVE' THEN amount
                                        WHEN 'CAPTURE' THEN -amount
                                        WHEN 'RELEASE' THEN -amount ELSE 0 END) AS reserved,
                          sum(CASE kind WHEN 'CAPTURE' THEN amount WHEN 'REFUND' THEN -amount ELSE 0 END) AS spent
                     FROM ledger_entry
                    GROUP BY coach_id) AS folded USING (coach_id)
             WHERE (credit_account.available, credit_account.reserved, credit_account.spent) IS DISTINCT FROM
                   (coalesce(folded.available, 0), coalesce(folded.reserved, 0), coalesce(folded.spent, 0))
            """);
        RULES.put("I2 a message with a price is reserved for once", """
            SELECT count(*)
              FROM message
             WHERE price > 0
               AND (SELECT count(*) FROM ledger_entry WHERE message_id = message.id AND kind = 'RESERVE') <> 1
            """);
        RULES.put("I3 final means settled exactly once", """
            SELECT count(*)
              FROM message
             WHERE price > 0 AND outcome IS NOT NULL
               AND (SELECT count(*) FROM ledger_entry
                     WHERE message_id = message.id AND kind IN ('CAPTURE', 'RELEASE')) <> 1
            """);
        RULES.put("I4 open means not settled", """
            SELECT count(*)
              FROM outbox
             WHERE EXISTS (SELECT FROM ledger_entry
                            WHERE message_id = outbox.message_id AND kind IN ('CAPTURE', 'RELEASE'))
            """);
        RULES.put("I5 reserved is the price of what is open", """
            SELECT count(*)
              FROM credit_account
             WHERE reserved <> (SELECT coalesce(sum(message.price), 0)
                                  FROM outbox
                                  JOIN message ON message.id = outbox.message_id
                                 WHERE message.coach_id = credit_account.coach_id)
            """);
        RULES.put("I6 at most one attempt is not proven unsent", """
            SELECT count(*)
              FROM message
             WHERE (SELECT count(*) FROM attempt
                     WHERE message_id = message.id AND outcome IN ('OPEN', 'ACCEPTED', 'UNKNOWN'))
                   > 1 + resends_authorised
            """);
        RULES.put("I7 captured means an attempt was accepted", """
            SELECT count(*)
              FROM ledger_entry
             WHERE kind = 'CAPTURE'
               AND NOT EXISTS (SELECT FROM attempt
                                WHERE message_id = ledger_entry.message_id AND outcome = 'ACCEPTED')
            """);
        RULES.put("I8 an accepted attempt means an accepted message", """
            SELECT count(*)
              FROM message
             WHERE outcome IS DISTINCT FROM 'ACCEPTED'
               AND EXISTS (SELECT FROM attempt WHERE message_id = message.id AND outcome = 'ACCEPTED')
            """);
        RULES.put("I9 no report of a known message stays unread", """
            SELECT count(*)
              FROM whatsapp_event
              JOIN attempt USING (phone_number_id, wamid)
             WHERE whatsapp_event.kind = 'STATUS' AND whatsapp_event.applied_at IS NULL
               AND whatsapp_event.received_at < now() - interval '1 minute'
            """);
        RULES.put("I10 nothing waits and nothing is under way in a lane that has ended", """
            SELECT count(*)
              FROM outbox
              JOIN lane ON lane.id = outbox.lane_id
             WHERE lane.state IN ('COMPLETED', 'CANCELLED') AND outbox.state <> 'UNKNOWN'
            """);
        RULES.put("I12 an attempt is its message's own", """
            SELECT count(*)
              FROM attempt
              JOIN message ON message.id = attempt.message_id
             WHERE attempt.phone_number_id <> message.phone_number_id
                OR (attempt.wamid IS NOT NULL AND message.wamid IS NULL)
            """);
        RULES.put("I14 refunded means captured and reported failed", """
            SELECT count(*)
              FROM ledger_entry
              JOIN message ON message.id = ledger_entry.message_id
             WHERE kind = 'REFUND'
               AND (message.failed_at IS NULL
                    OR NOT EXISTS (SELECT FROM ledger_entry AS capture
                                    WHERE capture.message_id = message.id AND capture.kind = 'CAPTURE'))
            """);
        RULES.put("I15 what a bulk counts are its messages and its other recipients", """
            SELECT count(*)
              FROM bulk_now
             CROSS JOIN LATERAL (
                   SELECT count(*) AS total,
                          count(*) FILTER (WHERE fate = 'SUCCESSFUL') AS successful,
                          count(*) FILTER (WHERE verdict = 'FAILED' OR fate = 'FAILED') AS failed,
                          count(*) FILTER (WHERE verdict = 'SKIPPED') AS skipped,
                          count(*) FILTER (WHERE fate = 'OPEN' AND state <> 'UNKNOWN') AS pending,
                          count(*) FILTER (WHERE fate = 'OPEN' AND state = 'UNKNOWN') AS unconfirmed,
                          count(*) FILTER (WHERE fate = 'CANCELLED') AS cancelled,
                          coalesce(sum(reserved), 0) AS reserved, coalesce(sum(used), 0) AS used
                     FROM (SELECT recipient.verdict, outbox.state,
                                  CASE WHEN message.id IS NOT NULL
                                       THEN bulk_fate(message.outcome, message.delivered_at, message.read_at,
                                                      message.failed_at) END AS fate,
                                  CASE WHEN outbox.message_id IS NOT NULL THEN message.price END AS reserved,
                                  (SELECT sum(CASE kind WHEN 'CAPTURE' THEN amount WHEN 'REFUND' THEN -amount
                                                        ELSE 0 END)
                                     FROM ledger_entry
                                    WHERE ledger_entry.message_id = message.id) AS used
                             FROM bulk_recipient AS recipient
                             LEFT JOIN message ON message.id = recipient.message_id
                                              AND message.lane_id = recipient.bulk_id
                             LEFT JOIN outbox ON outbox.message_id = recipient.message_id
                            WHERE recipient.bulk_id = bulk_now.id) AS one) AS counted
             WHERE (bulk_now.total, bulk_now.successful, bulk_now.failed, bulk_now.skipped, bulk_now.pending,
                    bulk_now.unconfirmed, bulk_now.cancelled, bulk_now.credits_reserved, bulk_now.credits_used)
                   IS DISTINCT FROM
                   (counted.total, counted.successful, counted.failed, counted.skipped, counted.pending,
                    counted.unconfirmed, counted.cancelled, counted.reserved, counted.used)
                OR bulk_now.total <> bulk_now.successful + bulk_now.failed + bulk_now.skipped + bulk_now.pending
                                     + bulk_now.unconfirmed + bulk_now.cancelled
            """);
    }

    private final JdbcClient jdbc;

    public Invariants(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void assertHold() {
        assertThat(broken()).isEmpty();
    }

    /// Rule → how many rows break it; empty when all is well.
    public Map<String, Long> broken() {
        var broken = new LinkedHashMap<String, Long>();
        RULES.forEach((rule, query) -> {
            var rows = jdbc.sql(query).query(Long.class).single();
            if (rows > 0) {
                broken.put(rule, rows);
            }
        });
        return broken;
    }
}
