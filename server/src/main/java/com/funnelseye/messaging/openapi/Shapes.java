package com.funnelseye.messaging.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.funnelseye.messaging.http.Shown;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;

/// JSON schemas of what crosses the wire, read off the types themselves and off Jackson, so that nobody writes them by
/// hand. What we send has all its keys, null where a component is `@Nullable`; of what we are sent, `@Nullable`
/// components may be missing.
final class Shapes {

    enum Direction {
        IN,
        OUT
    }

    private static final Set<JsonInclude.Include> LEAVES_OUT =
            Set.of(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_EMPTY);

    private final JsonMapper json;
    private final ShapeNames names = new ShapeNames();
    private final Map<String, Schema<?>> known = new TreeMap<>();

    Shapes(JsonMapper json) {
        this.json = json;
    }

    /// The schemas that others refer to, by name. Everything must have been asked for before.
    Map<String, Schema<?>> named() {
        return names.settle(known);
    }

    Schema<?> of(ResolvableType type, Direction direction) {
        var plain = type.toClass();
        var simple = SimpleShapes.of(plain);
        if (simple != null) {
            return simple;
        }
        if (plain == Optional.class) {
            return orNull(of(type.getGeneric(0), direction));
        }
        if (plain.isArray() || Collection.class.isAssignableFrom(plain)) {
            var item = plain.isArray()
                    ? type.getComponentType()
                    : type.asCollection().getGeneric(0);
            return SimpleShapes.typed("array").items(of(item, direction));
        }
        if (Map.class.isAssignableFrom(plain)) {
            return SimpleShapes.typed("object")
                    .additionalProperties(of(type.asMap().getGeneric(1), direction));
        }
        return reference(type, direction);
    }

    private Schema<?> reference(ResolvableType type, Direction direction) {
        var plain = type.toClass();
        var key = names.keyOf(type, plain.isEnum() ? Direction.OUT : direction);
        if (!known.containsKey(key)) {
            known.put(key, new JsonSchema());
            known.put(key, describe(type, direction));
        }
        return names.refer(key);
    }

    private Schema<?> describe(ResolvableType type, Direction direction) {
        var plain = type.toClass();
        if (plain.isEnum()) {
            return words(plain);
        }
        if (plain.isSealed() && plain.isInterface()) {
            var either = new JsonSchema();
            Arrays.stream(plain.getPermittedSubclasses())
                    .map(one -> of(ResolvableType.forClass(one), direction))
                    .forEach(either::addAnyOfItem);
            return either;
        }
        return object(type, direction);
    }

    private Schema<?> words(Class<?> type) {
        var schema = SimpleShapes.typed("string");
        for (var constant : type.getEnumConstants()) {
            schema.addEnumItemObject(json.convertValue(constant, String.class));
        }
        return schema;
    }

    private Schema<?> object(ResolvableType type, Direction direction) {
        var schema = SimpleShapes.typed("object");
        schema.setProperties(new LinkedHashMap<>());
        for (var property : propertiesOf(type.toClass())) {
            if (property.getAccessor() != null && property.getAccessor().getMember() instanceof Method getter) {
                addTo(schema, property, getter, type, direction);
            }
        }
        return schema;
    }

    private List<BeanPropertyDefinition> propertiesOf(Class<?> type) {
        var introspector = json.serializationConfig().classIntrospectorInstance();
        var bean = json.constructType(type);
        return introspector
                .introspectForSerialization(bean, introspector.introspectClassAnnotations(bean))
                .findProperties();
    }

    private void addTo(
            Schema<?> schema, BeanPropertyDefinition property, Method getter, ResolvableType owner, Direction in) {
        var type = ResolvableType.forType(getter.getGenericReturnType(), owner);
        var declared = getter.getAnnotatedReturnType();
        var shown = Optional.ofNullable(getter.getAnnotation(Shown.class));
        if (property.getAccessor().hasAnnotation(JsonUnwrapped.class)) {
            addParts(schema, object(type, in), !isNullable(declared));
            return;
        }
        var shape = shapeOf(property, type, shown, in);
        if (declared instanceof AnnotatedParameterizedType generic) {
            letHoldNulls(shape, generic.getAnnotatedActualTypeArguments());
        }
        var nullable = isNullable(declared) && shown.filter(Shown::required).isEmpty();
        var mayBeMissing =
                in == Direction.IN ? nullable : isLeftOut(property, owner.toClass(), nullable, type.toClass());
        var mayBeNull = nullable && (in == Direction.IN || !mayBeMissing);
        schema.addProperty(property.getName(), mayBeNull ? orNull(shape) : shape);
        if (!mayBeMissing) {
            schema.addRequiredItem(property.getName());
        }
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private Schema<?> shapeOf(
            BeanPropertyDefinition property, ResolvableType type, Optional<Shown> shown, Direction in) {
        var as = shown.filter(one -> one.as() != void.class).map(Shown::as);
        if (as.isPresent()) {
            return of(ResolvableType.forClass(as.get()), in);
        }
        var shape = property.getAccessor().hasAnnotation(JsonRawValue.class) ? SimpleShapes.raw() : of(type, in);
        shown.ifPresent(one -> SimpleShapes.limit(shape, one.words()));
        return shape;
    }

    /// The keys of an unwrapped part; without the part none of them is there.
    private static void addParts(Schema<?> schema, Schema<?> part, boolean always) {
        part.getProperties().forEach(schema::addProperty);
        if (always && part.getRequired() != null) {
            part.getRequired().forEach(schema::addRequiredItem);
        }
    }

    /// A list or map whose elements may be null.
    private static void letHoldNulls(Schema<?> shape, AnnotatedType[] arguments) {
        if (!isNullable(arguments[arguments.length - 1])) {
            return;
        }
        if (shape.getItems() != null) {
            shape.setItems(orNull(shape.getItems()));
        } else if (shape.getAdditionalProperties() instanceof Schema<?> values) {
            shape.setAdditionalProperties(orNull(values));
        }
    }

    private static boolean isLeftOut(BeanPropertyDefinition property, Class<?> owner, boolean nullable, Class<?> type) {
        var said = owner.getAnnotation(JsonInclude.class);
        var everywhere = said == null ? JsonInclude.Include.ALWAYS : said.value();
        var here = property.findInclusion() == null
                ? JsonInclude.Include.USE_DEFAULTS
                : property.findInclusion().getValueInclusion();
        var inclusion = here == JsonInclude.Include.USE_DEFAULTS ? everywhere : here;
        var emptiable = Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type);
        return LEAVES_OUT.contains(inclusion)
                && (nullable || (emptiable && inclusion == JsonInclude.Include.NON_EMPTY));
    }

    static Schema<?> orNull(Schema<?> schema) {
        if (schema.getTypes() != null && schema.getEnum() == null) {
            schema.addType("null");
            return schema;
        }
        if (schema.getTypes() == null && schema.get$ref() == null) {
            return schema;
        }
        return new JsonSchema().addAnyOfItem(schema).addAnyOfItem(SimpleShapes.typed("null"));
    }
}
