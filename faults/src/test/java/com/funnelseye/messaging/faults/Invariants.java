package com.funnelseye.messaging.faults;

import java.util.LinkedHashMap;
import java.util.Map;

/// What must hold whatever happened. Each query counts the rows that break one rule.
final class Invariants {

    private static final Map<String, String> RULES = new LinkedHashMap<>();

    static {
        RULES.put("open or settled, never both", """
            SELECT count(*)
              FROM message
              LEFT JOIN outbox ON outbox.message_id = message.id
             WHERE message.direction = 'OUTBOUND'
               AND (message.outcome IS NULL) = (outbox.message_id IS NULL)
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
        RULES.put("I2 reserved for once", """
            SELECT count(*)
              FROM message
             WHERE price > 0
               AND (SELECT count(*) FROM ledger_entry WHERE message_id = message.id AND kind = 'RESERVE') <> 1
            """);
        RULES.put("I3 final is settled exactly once", """
            SELECT count(*)
              FROM message
             WHERE price > 0 AND outcome IS NOT NULL
               AND (SELECT count(*) FROM ledger_entry
                     WHERE message_id = message.id AND kind IN ('CAPTURE', 'RELEASE')) <> 1
            """);
        RULES.put("I4 open is not settled", """
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
        RULES.put("I7 captured has an accepted attempt", """
            SELECT count(*)
              FROM ledger_entry
             WHERE kind = 'CAPTURE'
               AND NOT EXISTS (SELECT FROM attempt
                                WHERE message_id = ledger_entry.message_id AND outcome = 'ACCEPTED')
            """);
        RULES.put("I8 an accepted attempt is an accepted message", """
            SELECT count(*)
              FROM message
             WHERE outcome IS DISTINCT FROM 'ACCEPTED'
               AND EXISTS (SELECT FROM attempt WHERE message_id = message.id AND outcome = 'ACCEPTED')
            """);
        RULES.put("I9 no report of a known message is left", """
            SELECT count(*)
              FROM whatsapp_event
              JOIN attempt USING (phone_number_id, wamid)
             WHERE whatsapp_event.kind = 'STATUS' AND whatsapp_event.applied_at IS NULL
               AND whatsapp_event.received_at < now() - interval '1 minute'
            """);
        RULES.put("I10 what has ended holds nothing open", """
            SELECT count(*)
              FROM lane
              JOIN outbox ON outbox.lane_id = lane.id
             WHERE lane.state = 'CANCELLED'
                OR (lane.state = 'COMPLETED' AND outbox.state <> 'UNKNOWN')
            """);
        RULES.put("I11 a key has made one thing, a thing has one key", """
            SELECT count(*)
              FROM idempotency_key
              LEFT JOIN message ON message.id = idempotency_key.message_id
              LEFT JOIN lane ON lane.id = idempotency_key.lane_id
             WHERE num_nonnulls(message.id, lane.id) <> 1
            """);
        RULES.put("I12 an attempt is its message's own", """
            SELECT count(*)
              FROM attempt
              JOIN message ON message.id = attempt.message_id
             WHERE attempt.phone_number_id <> message.phone_number_id
                OR (attempt.wamid IS NOT NULL AND message.wamid IS NULL)
            """);
        RULES.put("I13 no lease is forgotten", """
            SELECT count(*)
              FROM outbox
             WHERE state = 'SENDING' AND lease_until < now() - interval '15 seconds'
            """);
        RULES.put("I14 refunded was captured and reported failed", """
            SELECT count(*)
              FROM ledger_entry
              JOIN message ON message.id = ledger_entry.message_id
             WHERE kind = 'REFUND'
               AND (message.failed_at IS NULL
                    OR NOT EXISTS (SELECT FROM ledger_entry AS capture
                                    WHERE capture.message_id = message.id AND capture.kind = 'CAPTURE'))
            """);
    }

    private Invariants() {}

    /// The rules that are broken, each with how many rows break it.
    static Map<String, Long> broken(Rows rows) {
        var broken = new LinkedHashMap<String, Long>();
        RULES.forEach((rule, sql) -> {
            var count = rows.count(sql);
            if (count > 0) {
                broken.put(rule, count);
            }
        });
        return broken;
    }
}
