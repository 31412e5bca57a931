package com.funnelseye.messaging.audit;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Shown;
import com.funnelseye.messaging.http.Total;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Reads what was recorded, newest first.
@Service
class AuditLog {

    /// Which entries are wanted; null means any.
    ///
    /// @param actor account of whoever did it
    record Filter(
            @Nullable UUID actor,
            @Nullable String action,
            @Nullable String subjectKind,
            @Nullable UUID subjectId) {

        boolean isEmpty() {
            return actor == null && action == null && subjectKind == null && subjectId == null;
        }
    }

    /// @param actorId null for the server itself
    /// @param before JSON object
    /// @param after JSON object
    /// @param sealed whether it is in the chain already
    record Entry(
            @JsonProperty("_id") String id,
            Instant at,
            @Nullable UUID actorId,
            @Nullable String actorName,
            String action,
            String subjectKind,
            @Nullable UUID subjectId,
            @JsonRawValue @Shown(as = Map.class) String before,
            @JsonRawValue @Shown(as = Map.class) String after,
            @Nullable String address,
            @Nullable String requestId,
            boolean sealed) {}

    record EntryPage(List<Entry> entries, Pagination pagination) {}

    private static final String FILTER = """
         WHERE (:actor::uuid IS NULL OR audit_entry.actor_id = :actor)
           AND (:action::text IS NULL OR audit_entry.action = :action)
           AND (:subjectKind::text IS NULL OR audit_entry.subject_kind = :subjectKind)
           AND (:subjectId::uuid IS NULL OR audit_entry.subject_id = :subjectId)
           AND (:from::timestamptz IS NULL OR audit_entry.at >= :from)
           AND (:to::timestamptz IS NULL OR audit_entry.at < :to)
        """;

    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    EntryPage list(Filter filter, Period period, Page page) {
        var entries = filtered(
                        filter, period, """
                            SELECT audit_entry.id::text AS id, audit_entry.at, audit_entry.actor_id, account.name AS actor_name,
                                   audit_entry.action, audit_entry.subject_kind, audit_entry.subject_id,
                                   audit_entry.before::text AS before, audit_entry.after::text AS after,
                                   audit_entry.address, audit_entry.request_id, audit_seal.position IS NOT NULL AS sealed
                              FROM audit_entry
                              LEFT JOIN account ON account.id = audit_entry.actor_id
                              LEFT JOIN audit_seal ON audit_seal.entry_id = audit_entry.id
                            """ + FILTER + " ORDER BY audit_entry.id DESC LIMIT :limit OFFSET :offset")
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Entry.class)
                .list();
        return new EntryPage(entries, page.of(total(filter, period)));
    }

    /// Of all entries the total is kept: the chain is numbered, and few wait for their seal.
    private Total total(Filter filter, Period period) {
        if (filter.isEmpty() && period.isAllTime()) {
            return Total.exactly(jdbc.sql("""
                SELECT coalesce((SELECT position FROM audit_head), 0) + (SELECT count(*) FROM audit_pending)
                """).query(Long.class).single());
        }
        var counting = "SELECT count(*) FROM (SELECT FROM audit_entry" + FILTER + " LIMIT :cap + 1) AS matching";
        return Total.upToCap(filtered(filter, period, counting)
                .param("cap", Total.CAP)
                .query(Long.class)
                .single());
    }

    private JdbcClient.StatementSpec filtered(Filter filter, Period period, String sql) {
        return jdbc.sql(sql)
                .param("actor", filter.actor())
                .param("action", filter.action())
                .param("subjectKind", filter.subjectKind())
                .param("subjectId", filter.subjectId())
                .param("from", utc(period.from()))
                .param("to", utc(period.to()));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(UTC);
    }
}
