package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.whatsapp.MarkReadResult;
import com.funnelseye.messaging.whatsapp.WhatsApp;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Tells WhatsApp what a coach has read, so that the customer sees blue ticks. Owed with the reading, paid afterwards;
/// paying twice does no harm, and after some tries nobody cares any more.
@Service
class ReadReceipts {

    static final int BATCH = 50;
    static final int MAX_TRIES = 5;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);

    private record Due(UUID messageId, String wamid) {}

    private final JdbcClient jdbc;
    private final WhatsApp whatsApp;

    ReadReceipts(JdbcClient jdbc, WhatsApp whatsApp) {
        this.jdbc = jdbc;
        this.whatsApp = whatsApp;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void owe(List<UUID> messageIds) {
        jdbc.sql("""
            INSERT INTO read_receipt (message_id)
            SELECT unnest(:messageIds::uuid[])
                ON CONFLICT DO NOTHING
            """).param("messageIds", messageIds.toArray(UUID[]::new)).update();
    }

    /// One pass over what is owed. Taking a receipt moves its due time, so that two nodes do not take the same.
    int runOnce() {
        var due = take();
        for (var receipt : due) {
            if (whatsApp.markRead(receipt.wamid()) != MarkReadResult.TRY_LATER) {
                jdbc.sql("DELETE FROM read_receipt WHERE message_id = :messageId")
                        .param("messageId", receipt.messageId())
                        .update();
            }
        }
        return due.size();
    }

    private List<Due> take() {
        jdbc.sql("DELETE FROM read_receipt WHERE tries >= :max AND due_at <= now()")
                .param("max", MAX_TRIES)
                .update();
        return jdbc.sql("""
            WITH due AS (
                SELECT message_id
                  FROM read_receipt
                 WHERE due_at <= now()
                 ORDER BY due_at
                 LIMIT :limit
                   FOR UPDATE SKIP LOCKED
            )
            UPDATE read_receipt
               SET tries = tries + 1, due_at = now() + make_interval(secs => :pause)
              FROM due
              JOIN message ON message.id = due.message_id
             WHERE read_receipt.message_id = due.message_id
            RETURNING read_receipt.message_id, message.wamid
            """)
                .param("limit", BATCH)
                .param("pause", BETWEEN_TRIES.toSeconds())
                .query(Due.class)
                .list();
    }
}
