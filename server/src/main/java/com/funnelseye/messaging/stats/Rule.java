package com.funnelseye.messaging.stats;

import java.util.List;

/// What must hold of messages and money whatever happened. Each query counts the rows that break it.
///
/// @param name with its number in the contract of delivery
/// @param ofMessages the query looks at the messages `:ids`; else at everything there is of its kind
record Rule(String name, boolean ofMessages, String query) {

    static final List<Rule> ALL = List.of(
            ofMessages("an outbound message is either open or settled", """
                SELECT count(*)
                  FROM message
                  LEFT JOIN outbox ON outbox.message_id = message.id
                 WHERE message.id = ANY (:ids)
                   AND CASE message.direction
                            WHEN 'OUTBOUND' THEN (message.outcome IS NULL) = (outbox.message_id IS NULL)
                            ELSE outbox.message_id IS NOT NULL END
                """),
            ofAll("I1 balances are the fold of the ledger", """
                SELECT count(*)
                  FROM credit_account
                  LEFT JOIN (
                       SELECT coach_id,
                              sum(CASE kind WHEN 'RESERVE' THEN -amount WHEN 'CAPTURE' THEN 0 ELSE amount END)
                                  AS available,
                              sum(CASE kind WHEN 'RESERVE' THEN amount
                                            WHEN 'CAPTURE' THEN -amount
                                            WHEN 'RELEASE' THEN -amount ELSE 0 END) AS reserved,
                              sum(CASE kind WHEN 'CAPTURE' THEN amount WHEN 'REFUND' THEN -amount ELSE 0 END) AS spent
                         FROM ledger_entry
                        GROUP BY coach_id) AS folded USING (coach_id)
                 WHERE (credit_account.available, credit_account.reserved, credit_account.spent) IS DISTINCT FROM
                       (coalesce(folded.available, 0), coalesce(folded.reserved, 0), coalesce(folded.spent, 0))
                """),
            ofMessages("I2 a message with a price is reserved for once", """
                SELECT count(*)
                  FROM message
                 WHERE id = ANY (:ids) AND price > 0
                   AND (SELECT count(*) FROM ledger_entry WHERE message_id = message.id AND kind = 'RESERVE') <> 1
                """),
            ofMessages("I3 final means settled exactly once", """
                SELECT count(*)
                  FROM message
                 WHERE id = ANY (:ids) AND price > 0 AND outcome IS NOT NULL
                   AND (SELECT count(*) FROM ledger_entry
                         WHERE message_id = message.id AND kind IN ('CAPTURE', 'RELEASE')) <> 1
                """),
            ofMessages("I4 open means not settled", """
                SELECT count(*)
                  FROM outbox
                 WHERE message_id = ANY (:ids)
                   AND EXISTS (SELECT FROM ledger_entry
                                WHERE message_id = outbox.message_id AND kind IN ('CAPTURE', 'RELEASE'))
                """),
            ofAll("I5 reserved is the price of what is open", """
                SELECT count(*)
                  FROM credit_account
                  LEFT JOIN (
                       SELECT message.coach_id, sum(message.price) AS price
                         FROM outbox
                         JOIN message ON message.id = outbox.message_id
                        GROUP BY message.coach_id) AS waiting USING (coach_id)
                 WHERE credit_account.reserved <> coalesce(waiting.price, 0)
                """),
            ofMessages("I6 at most one attempt is not proven unsent", """
                SELECT count(*)
                  FROM message
                 WHERE id = ANY (:ids)
                   AND (SELECT count(*) FROM attempt
                         WHERE message_id = message.id AND outcome IN ('OPEN', 'ACCEPTED', 'UNKNOWN'))
                       > 1 + resends_authorised
                """),
            ofMessages("I7 captured means an attempt was accepted", """
                SELECT count(*)
                  FROM ledger_entry
                 WHERE message_id = ANY (:ids) AND kind = 'CAPTURE'
                   AND NOT EXISTS (SELECT FROM attempt
                                    WHERE message_id = ledger_entry.message_id AND outcome = 'ACCEPTED')
                """),
            ofMessages("I8 an accepted attempt means an accepted message", """
                SELECT count(*)
                  FROM message
                 WHERE id = ANY (:ids) AND outcome IS DISTINCT FROM 'ACCEPTED'
                   AND EXISTS (SELECT FROM attempt WHERE message_id = message.id AND outcome = 'ACCEPTED')
                """),
            ofAll("I9 no report of a known message stays unread", """
                SELECT count(*)
                  FROM whatsapp_event
                  JOIN attempt USING (phone_number_id, wamid)
                 WHERE whatsapp_event.kind = 'STATUS' AND whatsapp_event.applied_at IS NULL
                   AND whatsapp_event.received_at < now() - interval '1 minute'
                   AND whatsapp_event.due_at < now() - interval '1 minute'
                """),
            ofAll("I10 an ended lane has nothing left to send", """
                SELECT count(*)
                  FROM outbox
                  JOIN lane ON lane.id = outbox.lane_id
                 WHERE outbox.state <> 'UNKNOWN' AND lane.state IN ('CANCELLED', 'COMPLETED')
                """),
            ofMessages("I12 an attempt is its message's own", """
                SELECT count(*)
                  FROM attempt
                  JOIN message ON message.id = attempt.message_id
                 WHERE message.id = ANY (:ids)
                   AND (attempt.phone_number_id <> message.phone_number_id
                        OR (attempt.wamid IS NOT NULL AND message.wamid IS NULL))
                """),
            ofAll("I13 no send is overdue", """
                SELECT count(*)
                  FROM outbox
                 WHERE state = 'SENDING' AND lease_until < now() - interval '30 seconds'
                """),
            ofMessages("I14 refunded means captured and reported failed", """
                SELECT count(*)
                  FROM ledger_entry
                  JOIN message ON message.id = ledger_entry.message_id
                 WHERE message.id = ANY (:ids) AND ledger_entry.kind = 'REFUND'
                   AND (message.failed_at IS NULL
                        OR NOT EXISTS (SELECT FROM ledger_entry AS capture
                                        WHERE capture.message_id = message.id AND capture.kind = 'CAPTURE'))
                """),
            ofAll("I15 the newest bulks count their messages and their other recipients", """
                SELECT count(*)
                  FROM (SELECT id FROM bulk ORDER BY created_at DESC, id DESC LIMIT 10) AS newest
                  JOIN bulk_now ON bulk_now.id = newest.id
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
                                      (SELECT sum(CASE kind WHEN 'CAPTURE' THEN amount
                                                            WHEN 'REFUND' THEN -amount ELSE 0 END)
                                         FROM ledger_entry
                                        WHERE ledger_entry.message_id = message.id) AS used
                                 FROM bulk_recipient AS recipient
                                 LEFT JOIN message ON message.id = recipient.message_id
                                                  AND message.lane_id = recipient.bulk_id
                                 LEFT JOIN outbox ON outbox.message_id = recipient.message_id
                                WHERE recipient.bulk_id = newest.id) AS one) AS counted
                 WHERE (bulk_now.total, bulk_now.successful, bulk_now.failed, bulk_now.skipped, bulk_now.pending,
                        bulk_now.unconfirmed, bulk_now.cancelled, bulk_now.credits_reserved, bulk_now.credits_used)
                       IS DISTINCT FROM
                       (counted.total, counted.successful, counted.failed, counted.skipped, counted.pending,
                        counted.unconfirmed, counted.cancelled, counted.reserved, counted.used)
                """));

    private static Rule ofMessages(String name, String query) {
        return new Rule(name, true, query);
    }

    private static Rule ofAll(String name, String query) {
        return new Rule(name, false, query);
    }
}
