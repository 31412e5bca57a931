package com.funnelseye.messaging.audit;

import com.funnelseye.messaging.accounts.Caller;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/// Written in the transaction of what it tells of: an action that did not happen leaves no row.
@Service
public class Audit {

    /// What an action was about.
    ///
    /// @param kind `coach`, `contact`, `conversation`, `message`, `template`, `bulk`, …
    public record Subject(String kind, @Nullable UUID id) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Audit(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Something looked at, or done without a state worth comparing.
    @Transactional
    public void record(Caller actor, String action, Subject subject) {
        record(actor, action, subject, Map.of(), Map.of());
    }

    /// `before` and `after` hold ids, states and names of changed fields, never personal values.
    ///
    /// @param action dotted, past tense last: `template.approved`, `conversation.viewed`
    @Transactional
    public void record(Caller actor, String action, Subject subject, Map<String, ?> before, Map<String, ?> after) {
        record(actor.id(), action, subject, before, after);
    }

    /// @param actorId null for the server itself
    void record(@Nullable UUID actorId, String action, Subject subject, Map<String, ?> before, Map<String, ?> after) {
        jdbc.sql("""
            INSERT INTO audit_entry (actor_id, action, subject_kind, subject_id, before, after, address, request_id)
            VALUES (:actorId, :action, :subjectKind, :subjectId, :before::jsonb, :after::jsonb, :address, :requestId)
            """)
                .param("actorId", actorId)
                .param("action", action)
                .param("subjectKind", subject.kind())
                .param("subjectId", subject.id())
                .param("before", json.writeValueAsString(before))
                .param("after", json.writeValueAsString(after))
                .param("address", address())
                .param("requestId", MDC.get("request.id"))
                .update();
    }

    private static @Nullable String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes web
                ? web.getRequest().getRemoteAddr()
                : null;
    }
}
