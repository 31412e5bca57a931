package com.funnelseye.messaging.openapi;

import com.funnelseye.messaging.openapi.Shapes.Direction;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/// Names of the schemas that are referred to. They depend on the types alone, never on the order in which these were
/// met, so that the document stays the same from one start to the next.
final class ShapeNames {

    private static final String AT = "#/components/schemas/";

    private record Met(ResolvableType type, Direction direction) {}

    private final Map<String, Met> met = new TreeMap<>();
    private final Map<String, List<Schema<?>>> references = new HashMap<>();

    String keyOf(ResolvableType type, Direction direction) {
        var key = type + " " + direction;
        met.put(key, new Met(type, direction));
        return key;
    }

    Schema<?> refer(String key) {
        var reference = new JsonSchema();
        references.computeIfAbsent(key, _ -> new ArrayList<>()).add(reference);
        return reference.$ref(AT + "unsettled");
    }

    /// Gives every schema its name and every reference its aim.
    Map<String, Schema<?>> settle(Map<String, Schema<?>> known) {
        var crowds = met.values().stream().collect(Collectors.groupingBy(this::shortName, Collectors.counting()));
        var named = new TreeMap<String, Schema<?>>();
        known.forEach((key, schema) -> {
            var one = Objects.requireNonNull(met.get(key));
            var name = shortName(one);
            var full = crowds.getOrDefault(name, 0L) > 1 ? feature(one.type().toClass()) + name : name;
            if (named.put(full, schema) != null) {
                throw new IllegalStateException("two schemas would be called " + full);
            }
            references.getOrDefault(key, List.of()).forEach(reference -> reference.set$ref(AT + full));
        });
        return named;
    }

    /// A record that is sent both ways has two schemas, unless it is a request's own.
    private String shortName(Met one) {
        var name = nameOf(one.type());
        var twice = one.direction() == Direction.IN && met.containsKey(one.type() + " " + Direction.OUT);
        return twice ? name + "Input" : name;
    }

    /// `Message.Content` is MessageContent, `MessageController.SendRequest` MessageSendRequest, and
    /// `Contacts.ContactPage` ContactPage.
    private static String nameOf(ResolvableType type) {
        var plain = type.toClass();
        var name = new StringBuilder(plain.getSimpleName());
        var outer = plain.getEnclosingClass();
        if (outer != null) {
            var owner = outer.getSimpleName().replaceFirst("Controller$", "").replaceFirst("(?<=[a-z])s$", "");
            if (!plain.getSimpleName().toLowerCase(Locale.ROOT).startsWith(owner.toLowerCase(Locale.ROOT))) {
                name.insert(0, owner);
            }
        }
        for (var generic : type.getGenerics()) {
            name.append(generic.toClass().getSimpleName());
        }
        return name.toString();
    }

    private static String feature(Class<?> type) {
        var packageName = ClassUtils.getPackageName(type);
        return StringUtils.capitalize(packageName.substring(packageName.lastIndexOf('.') + 1));
    }
}
