package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Total;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ScheduleRepository {

    private static final String WAITING = """
          FROM outbox
         WHERE scheduled_at IS NOT NULL AND state = 'QUEUED' AND (:coachId::uuid IS NULL OR coach_id = :coachId)
        """;

    private final JdbcClient jdbc;
    private final MessageRepository messages;

    ScheduleRepository(JdbcClient jdbc, MessageRepository messages) {
        this.jdbc = jdbc;
        this.messages = messages;
    }

    List<Message> list(Scope scope, Page page) {
        var ids = jdbc.sql("SELECT message_id" + WAITING
                        + " ORDER BY scheduled_at, message_id LIMIT :limit OFFSET :offset")
                .param("coachId", scope.coachId())
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(UUID.class)
                .list();
        Map<UUID, Message> read =
                messages.byIds(ids).stream().collect(Collectors.toMap(Message::id, Function.identity()));
        return ids.stream().map(read::get).toList();
    }

    Total total(Scope scope) {
        return Total.upToCap(jdbc.sql("SELECT count(*) FROM (SELECT 1" + WAITING + " LIMIT :cap + 1) AS waiting")
                .param("coachId", scope.coachId())
                .param("cap", Total.CAP)
                .query(Long.class)
                .single());
    }

    /// Whether the message still waits for its time; if so, nobody begins it before this transaction ends.
    boolean hold(UUID messageId) {
        return jdbc.sql("""
            SELECT message_id
              FROM outbox
             WHERE message_id = :messageId AND scheduled_at IS NOT NULL AND state = 'QUEUED'
               FOR UPDATE
            """)
                .param("messageId", messageId)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /// A sender that looked at the row just before this commits must find it not due yet: it could have read the text
    /// as it was. Hence the second.
    void change(UUID messageId, @Nullable String text, @Nullable Instant scheduledAt) {
        jdbc.sql("""
            WITH moved AS (
                UPDATE outbox
                   SET scheduled_at = coalesce(:scheduledAt::timestamptz, scheduled_at),
                       due_at = greatest(coalesce(:scheduledAt::timestamptz, due_at),
                                         clock_timestamp() + interval '1 second')
                 WHERE message_id = :messageId
            )
            UPDATE message
               SET text = coalesce(:text, text)
             WHERE id = :messageId
            """)
                .param("messageId", messageId)
                .param("text", text)
                .param("scheduledAt", scheduledAt == null ? null : scheduledAt.atOffset(ZoneOffset.UTC))
                .update();
    }
}
