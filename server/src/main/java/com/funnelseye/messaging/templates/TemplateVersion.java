package com.funnelseye.messaging.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a template said once.
///
/// @param authorName null when the account is gone
record TemplateVersion(
        int version,
        Map<String, String> content,
        List<Variable> availableVariables,
        UUID authorId,
        @Nullable String authorName,
        Instant createdAt,
        @JsonProperty("isCurrent") boolean isCurrent) {}
