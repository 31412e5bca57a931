package com.funnelseye.messaging.openapi;

import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.util.ClassUtils;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// The schemas of types that have no parts. Ids are texts without a format: to clients they are opaque.
final class SimpleShapes {

    private record Simple(String type, @Nullable String format) {}

    private static final Map<Class<?>, Simple> SIMPLE = Map.ofEntries(
            Map.entry(String.class, new Simple("string", null)),
            Map.entry(UUID.class, new Simple("string", null)),
            Map.entry(ZoneId.class, new Simple("string", null)),
            Map.entry(URI.class, new Simple("string", "uri")),
            Map.entry(Instant.class, new Simple("string", "date-time")),
            Map.entry(OffsetDateTime.class, new Simple("string", "date-time")),
            Map.entry(LocalDate.class, new Simple("string", "date")),
            Map.entry(LocalTime.class, new Simple("string", "time")),
            Map.entry(Duration.class, new Simple("string", "duration")),
            Map.entry(Boolean.class, new Simple("boolean", null)),
            Map.entry(Short.class, new Simple("integer", "int32")),
            Map.entry(Integer.class, new Simple("integer", "int32")),
            Map.entry(Long.class, new Simple("integer", "int64")),
            Map.entry(BigInteger.class, new Simple("integer", null)),
            Map.entry(Float.class, new Simple("number", "float")),
            Map.entry(Double.class, new Simple("number", "double")),
            Map.entry(BigDecimal.class, new Simple("number", null)),
            Map.entry(byte[].class, new Simple("string", "binary")),
            Map.entry(MultipartFile.class, new Simple("string", "binary")),
            Map.entry(StreamingResponseBody.class, new Simple("string", "binary")));

    private SimpleShapes() {}

    /// Null for a type that has parts. Anything at all fits the schema of a type that says nothing.
    static @Nullable Schema<?> of(Class<?> type) {
        var simple = SIMPLE.get(boxed(type));
        if (simple != null) {
            return typed(simple.type()).format(simple.format());
        }
        if (Resource.class.isAssignableFrom(type)) {
            return typed("string").format("binary");
        }
        var saysNothing = type == Object.class || type.getName().startsWith("tools.jackson.");
        return saysNothing ? new JsonSchema() : null;
    }

    /// Only these values, if any are said.
    static void limit(Schema<?> schema, String[] words) {
        for (var word : words) {
            ((Schema<Object>) schema).addEnumItemObject(word);
        }
    }

    /// The same, where more is to be said than a reference can.
    static Schema<?> around(Schema<?> reference) {
        return new JsonSchema().addAllOfItem(reference);
    }

    static Schema<Object> typed(String type) {
        var schema = new JsonSchema();
        schema.setTypes(new LinkedHashSet<>(Set.of(type)));
        return schema;
    }

    /// JSON we hold as text and send as it is.
    static Schema<?> raw() {
        var schema = typed("object");
        schema.addType("array");
        return schema;
    }

    private static Class<?> boxed(Class<?> type) {
        return ClassUtils.resolvePrimitiveIfNecessary(type);
    }
}
