package com.funnelseye.messaging.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// @param current this page, from 1
/// @param total rows of the whole list; with `capped`, at least so many
public record Pagination(
        int current,
        int pages,
        long total,
        int limit,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean capped) {}
