package com.funnelseye.messaging.templates;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Total;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class TemplateRepository {

    private static final String ROWS = """
        SELECT template.id, template.coach_id, template.name, template.description, template.type, template.category,
               template_version.content::text AS content,
               template_version.available_variables::text AS available_variables,
               template.is_pre_built, template.status, template.rejection_reason,
               to_json(template.tags)::text AS tags, template_version.n AS version, template.copied_from,
               template.created_at, template.updated_at,
               coalesce(template_usage.uses, 0) AS uses, template_usage.last_used,
               coalesce(template_usage.settled, 0) AS settled, coalesce(template_usage.delivered, 0) AS delivered
          FROM template
          JOIN template_version ON template_version.template_id = template.id
          LEFT JOIN template_usage ON template_usage.template_id = template.id
        """;

    /// A coach sees the global ones beside her own; an admin who looks at one coach sees that coach's alone.
    private static final String VISIBLE = """
         template.deleted_at IS NULL
           AND (:coachId::uuid IS NULL OR template.coach_id = :coachId OR (:withGlobal AND template.coach_id IS NULL))
        """;

    private static final String FILTER = """
           AND (:type::template_type IS NULL OR template.type = :type::template_type)
           AND (:category::template_category IS NULL OR template.category = :category::template_category)
           AND (:status::template_status IS NULL OR template.status = :status::template_status)
           AND (cardinality(:words::text[]) = 0
                OR template.search_text LIKE ALL (SELECT folded(word) FROM unnest(:words::text[]) AS word))
        """;

    private record Row(
            UUID id,
            @Nullable UUID coachId,
            String name,
            @Nullable String description,
            TemplateType type,
            TemplateCategory category,
            String content,
            String availableVariables,
            boolean isPreBuilt,
            TemplateStatus status,
            @Nullable String rejectionReason,
            String tags,
            int version,
            @Nullable UUID copiedFrom,
            Instant createdAt,
            Instant updatedAt,
            long uses,
            @Nullable Instant lastUsed,
            long settled,
            long delivered) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;

    TemplateRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Newest first.
    List<Template> list(Scope scope, TemplateFilter filter, Page page) {
        return filtered(
                        ROWS + " WHERE template_version.n = template.version AND " + VISIBLE + FILTER
                                + " ORDER BY template.created_at DESC, template.id DESC LIMIT :limit OFFSET :offset",
                        scope,
                        filter)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Row.class)
                .list()
                .stream()
                .map(this::template)
                .toList();
    }

    Total total(Scope scope, TemplateFilter filter) {
        return Total.upToCap(filtered(
                        "SELECT count(*) FROM (SELECT 1 FROM template WHERE " + VISIBLE + FILTER
                                + " LIMIT :cap + 1) AS matching",
                        scope,
                        filter)
                .param("cap", Total.CAP)
                .query(Long.class)
                .single());
    }

    Optional<Template> byId(Scope scope, UUID id) {
        return seenBy(
                        scope,
                        jdbc.sql(ROWS + " WHERE template_version.n = template.version AND template.id = :id AND "
                                + VISIBLE))
                .param("id", id)
                .query(Row.class)
                .optional()
                .map(this::template);
    }

    /// The template as one of its versions has it, deleted or not.
    Optional<Template> atVersion(UUID id, int version) {
        return jdbc.sql(ROWS + " WHERE template.id = :id AND template_version.n = :version")
                .param("id", id)
                .param("version", version)
                .query(Row.class)
                .optional()
                .map(this::template);
    }

    /// Until the transaction ends nobody else changes it.
    void lock(UUID id) {
        jdbc.sql("SELECT id FROM template WHERE id = :id FOR NO KEY UPDATE")
                .param("id", id)
                .query(UUID.class)
                .optional();
    }

    long live(@Nullable UUID coachId) {
        return jdbc.sql("SELECT count(*) FROM template WHERE coach_id IS NOT DISTINCT FROM :coachId AND deleted_at IS"
                        + " NULL")
                .param("coachId", coachId)
                .query(Long.class)
                .single();
    }

    boolean hasNamed(@Nullable UUID coachId, String name) {
        return jdbc.sql("""
            SELECT EXISTS (SELECT FROM template WHERE coach_id IS NOT DISTINCT FROM :coachId AND name = :name)
            """)
                .param("coachId", coachId)
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    void add(UUID id, @Nullable UUID coachId, NewTemplate template, @Nullable UUID copiedFrom, Instant now) {
        jdbc.sql("""
            INSERT INTO template (id, coach_id, name, description, type, category, status, is_pre_built, tags, version,
                                  copied_from, created_at, updated_at)
            VALUES (:id, :coachId, :name, :description, :type::template_type, :category::template_category,
                    :status::template_status, :isPreBuilt, :tags, 1, :copiedFrom, :now, :now)
            """)
                .param("id", id)
                .param("coachId", coachId)
                .param("name", template.name())
                .param("description", template.description())
                .param("type", template.type().name())
                .param("category", template.category().name())
                .param("status", (coachId == null ? TemplateStatus.APPROVED : TemplateStatus.DRAFT).name())
                .param("isPreBuilt", coachId == null)
                .param("tags", template.tags().toArray(String[]::new))
                .param("copiedFrom", copiedFrom)
                .param("now", now.atOffset(UTC))
                .update();
    }

    void update(UUID id, NewTemplate template, int version, Instant now) {
        jdbc.sql("""
            UPDATE template
               SET name = :name, description = :description, type = :type::template_type,
                   category = :category::template_category, tags = :tags, version = :version, updated_at = :now
             WHERE id = :id
            """)
                .param("id", id)
                .param("name", template.name())
                .param("description", template.description())
                .param("type", template.type().name())
                .param("category", template.category().name())
                .param("tags", template.tags().toArray(String[]::new))
                .param("version", version)
                .param("now", now.atOffset(UTC))
                .update();
    }

    void move(UUID id, TemplateStatus status, @Nullable String reason, Instant now) {
        jdbc.sql("""
            UPDATE template
               SET status = :status::template_status, rejection_reason = :reason, updated_at = :now
             WHERE id = :id
            """)
                .param("id", id)
                .param("status", status.name())
                .param("reason", reason)
                .param("now", now.atOffset(UTC))
                .update();
    }

    void delete(UUID id, Instant now) {
        jdbc.sql("UPDATE template SET deleted_at = :now WHERE id = :id AND deleted_at IS NULL")
                .param("id", id)
                .param("now", now.atOffset(UTC))
                .update();
    }

    private StatementSpec filtered(String sql, Scope scope, TemplateFilter filter) {
        return seenBy(scope, jdbc.sql(sql))
                .param("type", filter.typeName())
                .param("category", filter.categoryName())
                .param("status", filter.statusName())
                .param("words", filter.patterns().toArray(String[]::new));
    }

    private static StatementSpec seenBy(Scope scope, StatementSpec statement) {
        return statement.param("coachId", scope.coachId()).param("withGlobal", scope instanceof Scope.OwnLeads);
    }

    private Template template(Row row) {
        var words = Words.read(json, row.content(), row.availableVariables());
        return new Template(
                row.id(),
                row.coachId(),
                row.name(),
                row.description(),
                row.type(),
                row.category(),
                words.content(),
                words.availableVariables(),
                row.isPreBuilt(),
                Template.UsageStats.of(row.uses(), row.lastUsed(), row.settled(), row.delivered()),
                row.status(),
                row.rejectionReason(),
                json.readValue(row.tags(), new TypeReference<>() {}),
                row.version(),
                row.copiedFrom(),
                row.createdAt(),
                row.updatedAt());
    }
}
