package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Total;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Events set aside: an admin looks at them and, once their cause is gone, has them read again.
@Service
public class DeadLetters {

    record LetterPage(List<DeadLetter> deadLetters, Pagination pagination) {}

    private final JdbcClient jdbc;
    private final Events events;
    private final Audit audit;

    DeadLetters(JdbcClient jdbc, Events events, Audit audit) {
        this.jdbc = jdbc;
        this.events = events;
        this.audit = audit;
    }

    /// How many there are, up to `limit`.
    public int count(int limit) {
        return jdbc.sql("""
            SELECT count(*)
              FROM (SELECT FROM whatsapp_event WHERE problem IS NOT NULL LIMIT :limit) AS dead
            """).param("limit", limit).query(Integer.class).single();
    }

    /// Newest first.
    LetterPage list(Page page) {
        var letters = jdbc.sql("""
            SELECT id, kind, phone_number_id, problem, tries + failures AS tries, received_at,
                   applied_at AS set_aside_at
              FROM whatsapp_event
             WHERE problem IS NOT NULL
             ORDER BY received_at DESC, id DESC
             LIMIT :limit OFFSET :offset
            """)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(DeadLetter.class)
                .list();
        return new LetterPage(letters, page.of(Total.upToCap(count(Total.CAP + 1))));
    }

    /// It is due at once and has all its tries again. Refused as not found when it is no dead letter, or none any more.
    @Transactional
    public void replay(Admin admin, UUID id) {
        var problem = jdbc.sql("""
            SELECT problem FROM whatsapp_event WHERE id = :id AND problem IS NOT NULL FOR UPDATE
            """)
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.notFound("Dead letter"));
        jdbc.sql("""
            UPDATE whatsapp_event
               SET problem = NULL, applied_at = NULL, due_at = now(), tries = 0, failures = 0
             WHERE id = :id
            """).param("id", id).update();
        audit.record(
                admin,
                "dead_letter.replayed",
                new Subject("event", id),
                Map.of("problem", problem),
                Map.of("status", "due"));
        events.ringAfterCommit(EnumSet.allOf(RawEvent.Kind.class));
    }
}
