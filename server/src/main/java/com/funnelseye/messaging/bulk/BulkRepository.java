package com.funnelseye.messaging.bulk;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.bulk.Bulk.Status;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Total;
import com.funnelseye.messaging.messages.Batch;
import com.funnelseye.messaging.messages.BatchLine;
import com.funnelseye.messaging.messages.SenderType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class BulkRepository {

    private static final String ROWS = """
        SELECT bulk.id, bulk.coach_id, bulk.sender_type, bulk.name, bulk.delay_ms, bulk.auto_pause_after_failures,
               bulk.created_at, bulk.scheduled_at, bulk.parent_id,
               bulk_now.total, bulk_now.successful, bulk_now.failed, bulk_now.skipped, bulk_now.pending,
               bulk_now.unconfirmed, bulk_now.cancelled, bulk_now.credits_reserved, bulk_now.credits_used,
               CASE WHEN bulk_now.pending > 0 THEN lane.state::text
                    WHEN lane.state IN ('CANCELLING', 'CANCELLED') THEN 'CANCELLED'
                    ELSE 'COMPLETED' END AS status,
               lane.started_at, CASE WHEN bulk_now.pending = 0 THEN coalesce(lane.ended_at, bulk_now.moved_at) END AS finished_at,
               CASE WHEN bulk_now.pending > 0 THEN lane.paused_reason END AS paused_reason
          FROM bulk
          JOIN bulk_now ON bulk_now.id = bulk.id
          JOIN lane ON lane.id = bulk.id
        """;

    /// A coach sees what she sent; an admin what anybody sent for a coach, or for all.
    private static final String SEEN = """
         WHERE (:coachId::uuid IS NULL OR bulk.coach_id = :coachId) AND (NOT :own OR bulk.sender_type = 'COACH')
        """;

    private record Row(
            UUID id,
            @Nullable UUID coachId,
            SenderType senderType,
            @Nullable String name,
            int delayMs,
            @Nullable Integer autoPauseAfterFailures,
            Instant createdAt,
            @Nullable Instant scheduledAt,
            @Nullable UUID parentId,
            long total,
            long successful,
            long failed,
            long skipped,
            long pending,
            long unconfirmed,
            long cancelled,
            long creditsReserved,
            long creditsUsed,
            Status status,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String pausedReason) {

        Bulk bulk(Instant now) {
            var speed = new Speed(delayMs);
            return new Bulk(
                    id,
                    coachId,
                    senderType,
                    name,
                    status,
                    total,
                    successful,
                    failed,
                    skipped,
                    pending,
                    unconfirmed,
                    cancelled,
                    creditsReserved,
                    creditsUsed,
                    delayMs,
                    autoPauseAfterFailures,
                    speed.perMinute(),
                    speed.etaSeconds(status, pending, scheduledAt, now),
                    createdAt,
                    scheduledAt,
                    startedAt,
                    finishedAt,
                    pausedReason,
                    parentId);
        }
    }

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    BulkRepository(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    Optional<Bulk> byId(Scope scope, UUID id) {
        return seen(ROWS + SEEN + " AND bulk.id = :id", scope)
                .param("id", id)
                .query(Row.class)
                .optional()
                .map(row -> row.bulk(clock.instant()));
    }

    /// Newest first.
    List<Bulk> list(Scope scope, Page page) {
        return seen(ROWS + SEEN + " ORDER BY bulk.created_at DESC, bulk.id DESC LIMIT :limit OFFSET :offset", scope)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Row.class)
                .list()
                .stream()
                .map(row -> row.bulk(clock.instant()))
                .toList();
    }

    Total total(Scope scope) {
        return Total.upToCap(seen("SELECT count(*) FROM (SELECT FROM bulk" + SEEN + " LIMIT :cap + 1) AS counted", scope)
                .param("cap", Total.CAP)
                .query(Long.class)
                .single());
    }

    private JdbcClient.StatementSpec seen(String sql, Scope scope) {
        return jdbc.sql(sql).param("coachId", scope.coachId()).param("own", scope instanceof Scope.OwnLeads);
    }

    long pending(UUID id) {
        return jdbc.sql("SELECT pending FROM bulk_now WHERE id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    /// One coach's bulks are accepted one after the other, so that none of them overlooks another.
    void await(UUID coachId) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('bulk ' || :coachId::text, 0)) IS NULL")
                .param("coachId", coachId)
                .query(Boolean.class)
                .single();
    }

    void add(UUID id, @Nullable UUID coachId, Job job, Batch batch, Instant now) {
        var going = batch.going().size();
        jdbc.sql("""
            INSERT INTO bulk (id, coach_id, sender_type, sender_id, parent_id, name, draft, template_version, delay_ms,
                              auto_pause_after_failures, scheduled_at, created_at, moved_at,
                              total, skipped, successful, failed, pending, unconfirmed, cancelled)
            VALUES (:id, :coachId, :senderType::sender_type, :senderId, :parentId, :name, :draft::jsonb,
                    :templateVersion, :delayMs, :autoPauseAfterFailures, :scheduledAt, :now, :now,
                    :total, :skipped, 0, :failed, :pending, 0, 0)
            """)
                .param("id", id)
                .param("coachId", coachId)
                .param("senderType", SenderType.of(batch.caller()).name())
                .param("senderId", batch.caller().id())
                .param("parentId", job.parentId())
                .param("name", job.name())
                .param("draft", json.writeValueAsString(job.draft()))
                .param("templateVersion", batch.templateVersion())
                .param("delayMs", job.delayMs())
                .param("autoPauseAfterFailures", job.autoPauseAfterFailures())
                .param("scheduledAt", job.scheduledAt() == null ? null : job.scheduledAt().atOffset(UTC))
                .param("now", now.atOffset(UTC))
                .param("total", batch.lines().size())
                .param("skipped", batch.skipped())
                .param("failed", batch.required() - going)
                .param("pending", going)
                .update();
    }

    /// In the order of the request.
    void addRecipients(UUID id, List<BatchLine> lines) {
        var rows = lines.stream().map(line -> RecipientRow.of(line, json)).toList();
        jdbc.sql("""
            INSERT INTO bulk_recipient (bulk_id, position, verdict, code, error, message_id, contact_id, phone,
                                        lead_id, name, parameters)
            SELECT :id, row.n - 1, row.verdict::bulk_verdict, row.code, row.error, row.message_id, row.contact_id,
                   row.phone, row.lead_id, row.name, row.parameters::jsonb
              FROM unnest(:verdicts::text[], :codes::text[], :errors::text[], :messageIds::uuid[],
                          :contactIds::uuid[], :phones::text[], :leadIds::uuid[], :names::text[],
                          :parameters::text[]) WITH ORDINALITY
                       AS row (verdict, code, error, message_id, contact_id, phone, lead_id, name, parameters, n)
            """)
                .param("id", id)
                .param("verdicts", RecipientRow.texts(rows, RecipientRow::verdict))
                .param("codes", RecipientRow.texts(rows, RecipientRow::code))
                .param("errors", RecipientRow.texts(rows, RecipientRow::error))
                .param("messageIds", RecipientRow.ids(rows, RecipientRow::messageId))
                .param("contactIds", RecipientRow.ids(rows, RecipientRow::contactId))
                .param("phones", RecipientRow.texts(rows, RecipientRow::phone))
                .param("leadIds", RecipientRow.ids(rows, RecipientRow::leadId))
                .param("names", RecipientRow.texts(rows, RecipientRow::name))
                .param("parameters", RecipientRow.texts(rows, RecipientRow::parameters))
                .update();
    }
}
