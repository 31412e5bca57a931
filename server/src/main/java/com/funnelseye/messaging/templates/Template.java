package com.funnelseye.messaging.templates;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A template with its current version, as the API shows it.
///
/// @param coachId null for a global one
/// @param sourceTemplateId the template it was copied from
record Template(
        @JsonProperty("_id") UUID id,
        @Nullable UUID coachId,
        String name,
        @Nullable String description,
        TemplateType type,
        TemplateCategory category,
        Map<String, String> content,
        List<Variable> availableVariables,
        @JsonProperty("isPreBuilt") boolean isPreBuilt,
        UsageStats usageStats,
        TemplateStatus status,
        @Nullable String rejectionReason,
        List<String> tags,
        int version,
        @Nullable UUID sourceTemplateId,
        Instant createdAt,
        Instant updatedAt) {

    /// @param successRate whole percent of the settled messages that arrived; 0 while none is settled
    record UsageStats(long totalUses, @Nullable Instant lastUsed, long successRate) {

        static UsageStats of(long uses, @Nullable Instant lastUsed, long settled, long delivered) {
            return new UsageStats(uses, lastUsed, settled == 0 ? 0 : Math.round(100.0 * delivered / settled));
        }
    }

    @JsonIgnore
    Words words() {
        return new Words(content, availableVariables);
    }

    @JsonIgnore
    boolean isGlobal() {
        return coachId == null;
    }
}
