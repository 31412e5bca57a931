package com.funnelseye.messaging.contacts;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What somebody says of a contact, checked: what is absent stays as it is, null takes it away.
///
/// @param columns column → value, for PostgreSQL to lay over the row
/// @param phone the number said; absent when nothing was said of it
/// @param optOut whether she takes no marketing; null when nothing was said of it
record ContactEdit(
        Map<String, @Nullable Object> columns,
        @Nullable Phone phone,
        @Nullable Boolean optOut) {

    /// The number of a contact that was asked for one.
    Phone dialled() {
        return Objects.requireNonNull(phone);
    }

    /// Names of what changes, never the values.
    Set<String> fields() {
        var fields = new TreeSet<>(columns.keySet());
        if (optOut != null) {
            fields.add("opt_out");
        }
        return fields;
    }
}
