package com.funnelseye.messaging.templates;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A placeholder a template declares.
///
/// @param required without a value the template is not sent
/// @param fallback what stands there when nothing is known
public record Variable(
        String name,
        @Nullable String description,
        @Nullable String example,
        boolean required,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String fallback) {}
