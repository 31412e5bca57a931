package com.funnelseye.messaging.templates;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.http.Page;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Versions are added and never changed.
@Repository
class VersionRepository {

    private record Row(
            int version,
            String content,
            String availableVariables,
            UUID authorId,
            @Nullable String authorName,
            Instant createdAt,
            boolean isCurrent) {

        TemplateVersion version(JsonMapper json) {
            var words = Words.read(json, content, availableVariables);
            return new TemplateVersion(
                    version, words.content(), words.availableVariables(), authorId, authorName, createdAt, isCurrent);
        }
    }

    private final JdbcClient jdbc;
    private final JsonMapper json;

    VersionRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void add(UUID id, int n, Words words, UUID author, Instant now) {
        jdbc.sql("""
            INSERT INTO template_version (template_id, n, content, available_variables, author_id, at)
            VALUES (:id, :n, :content::jsonb, :variables::jsonb, :author, :now)
            """)
                .param("id", id)
                .param("n", n)
                .param("content", json.writeValueAsString(words.content()))
                .param("variables", json.writeValueAsString(words.availableVariables()))
                .param("author", author)
                .param("now", now.atOffset(UTC))
                .update();
    }

    /// Newest first.
    List<TemplateVersion> of(UUID id, Page page) {
        return jdbc
                .sql("""
                    SELECT template_version.n AS version, template_version.content::text AS content,
                           template_version.available_variables::text AS available_variables, template_version.author_id,
                           account.name AS author_name, template_version.at AS created_at,
                           template_version.n = template.version AS is_current
                      FROM template_version
                      JOIN template ON template.id = template_version.template_id
                      LEFT JOIN account ON account.id = template_version.author_id
                     WHERE template_version.template_id = :id
                     ORDER BY template_version.n DESC
                     LIMIT :limit OFFSET :offset
                    """)
                .param("id", id)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Row.class)
                .list()
                .stream()
                .map(row -> row.version(json))
                .toList();
    }
}
