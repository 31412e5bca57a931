package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.http.Refusal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which templates of a list are wanted.
///
/// @param patterns `LIKE` patterns that name and description must all match; none for every template
record TemplateFilter(
        @Nullable TemplateType type,
        @Nullable TemplateCategory category,
        @Nullable TemplateStatus status,
        List<String> patterns) {

    static final int MIN_SEARCH_CHARS = 2;

    /// Parameters of a query. A search shorter than 2 characters is ignored.
    static TemplateFilter of(
            @Nullable String type, @Nullable String category, @Nullable String status, @Nullable String search) {
        return new TemplateFilter(
                one(TemplateType.class, "type", type),
                one(TemplateCategory.class, "category", category),
                one(TemplateStatus.class, "status", status),
                patterns(search));
    }

    private static <E extends Enum<E>> @Nullable E one(Class<E> kind, String field, @Nullable String word) {
        if (word == null || word.isBlank()) {
            return null;
        }
        return Arrays.stream(kind.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(field, "%s has a value of the wrong kind".formatted(field)));
    }

    /// Wildcards are taken literally. The database folds case and accents of both sides.
    private static List<String> patterns(@Nullable String search) {
        var text = search == null ? "" : search.strip();
        return text.length() < MIN_SEARCH_CHARS
                ? List.of()
                : Arrays.stream(text.split("\\s+"))
                        .map(word -> "%" + word.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                        .toList();
    }

    @Nullable
    String typeName() {
        return type == null ? null : type.name();
    }

    @Nullable
    String categoryName() {
        return category == null ? null : category.name();
    }

    @Nullable
    String statusName() {
        return status == null ? null : status.name();
    }
}
