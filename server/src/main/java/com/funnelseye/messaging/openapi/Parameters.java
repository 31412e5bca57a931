package com.funnelseye.messaging.openapi;

import com.funnelseye.messaging.http.FromHeader;
import com.funnelseye.messaging.http.FromQuery;
import com.funnelseye.messaging.http.Shown;
import com.funnelseye.messaging.openapi.Shapes.Direction;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.multipart.MultipartFile;

/// What an argument is read from in path, query and headers. Arguments that the server finds by itself are not shown.
final class Parameters {

    private final Shapes shapes;
    private final List<HandlerMethodArgumentResolver> resolvers;
    private final Map<String, String> meanings;

    /// @param meanings name of a parameter, or `operation.name` → what it does
    Parameters(Shapes shapes, List<HandlerMethodArgumentResolver> resolvers, Map<String, String> meanings) {
        this.shapes = shapes;
        this.resolvers = resolvers;
        this.meanings = meanings;
    }

    List<Parameter> of(MethodParameter argument, Endpoint endpoint) {
        var parameters = of(argument);
        for (var parameter : parameters) {
            if (parameter.getDescription() == null) {
                var usual = meanings.get(parameter.getName());
                parameter.setDescription(meanings.getOrDefault(endpoint.id() + "." + parameter.getName(), usual));
            }
        }
        return parameters;
    }

    private List<Parameter> of(MethodParameter argument) {
        var type = argument.getParameterType();
        var header = type.getAnnotation(FromHeader.class);
        if (header != null) {
            return List.of(parameter("header", header.value(), SimpleShapes.typed("string"), false)
                    .description(header.description()));
        }
        var queries = type.getAnnotationsByType(FromQuery.class);
        if (queries.length > 0) {
            return Arrays.stream(queries).map(Parameters::fromQuery).toList();
        }
        var path = argument.getParameterAnnotation(PathVariable.class);
        if (path != null) {
            return List.of(parameter("path", nameOf(path.name(), argument), schemaOf(argument), true));
        }
        var query = argument.getParameterAnnotation(RequestParam.class);
        if (query != null && !MultipartFile.class.isAssignableFrom(type)) {
            return List.of(given("query", query.name(), query.required(), query.defaultValue(), argument));
        }
        var named = argument.getParameterAnnotation(RequestHeader.class);
        if (named != null) {
            return List.of(given("header", named.name(), named.required(), named.defaultValue(), argument));
        }
        return isFilter(argument) ? partsOf(type) : List.of();
    }

    /// Neither read by a resolver of ours nor, like the request itself, known to the server.
    boolean isAsked(MethodParameter argument) {
        return resolvers.stream().noneMatch(resolver -> resolver.supportsParameter(argument));
    }

    private static Parameter fromQuery(FromQuery query) {
        var schema = Objects.requireNonNull(SimpleShapes.of(query.type()));
        SimpleShapes.limit(schema, query.words());
        if (query.type() == String.class && query.min() > 0) {
            schema.minLength(query.min());
        } else if (query.type() == int.class) {
            schema.minimum(BigDecimal.valueOf(query.min())).maximum(BigDecimal.valueOf(query.max()));
        }
        if (!query.otherwise().isEmpty()) {
            schema.setDefault(valueOf(schema, query.otherwise()));
        }
        return parameter("query", query.value(), schema, query.required());
    }

    private Parameter given(String in, String name, boolean required, String defaultValue, MethodParameter argument) {
        var hasDefault = !ValueConstants.DEFAULT_NONE.equals(defaultValue);
        var optional = hasDefault || argument.getParameterType() == Optional.class;
        var shown = argument.getParameterAnnotation(Shown.class);
        var schema = schemaOf(argument);
        if (shown != null) {
            SimpleShapes.limit(schema, shown.words());
        }
        if (hasDefault) {
            schema = withDefault(schema, defaultValue);
        }
        var asked = shown != null && shown.required();
        return parameter(in, nameOf(name, argument), schema, asked || (required && !optional));
    }

    /// A reference says nothing beside itself, so what is said of it goes around it.
    private static Schema<?> withDefault(Schema<?> schema, String text) {
        var around = schema.get$ref() == null ? schema : SimpleShapes.around(schema);
        around.setDefault(valueOf(schema, text));
        return around;
    }

    private static Object valueOf(Schema<?> schema, String text) {
        if (schema.getTypes() == null || schema.getTypes().contains("string")) {
            return text;
        }
        return schema.getTypes().contains("boolean") ? Boolean.valueOf(text) : new BigDecimal(text);
    }

    private Schema<?> schemaOf(MethodParameter argument) {
        var shown = argument.getParameterAnnotation(Shown.class);
        var type = shown == null || shown.as() == void.class
                ? ResolvableType.forMethodParameter(argument)
                : ResolvableType.forClass(shown.as());
        return shapes.of(type.toClass() == Optional.class ? type.getGeneric(0) : type, Direction.IN);
    }

    /// A record no annotation and no resolver speaks for: Spring fills its components from the query.
    private boolean isFilter(MethodParameter argument) {
        return argument.getParameterType().isRecord()
                && !argument.hasParameterAnnotation(RequestBody.class)
                && isAsked(argument);
    }

    private List<Parameter> partsOf(Class<?> filter) {
        return Arrays.stream(filter.getRecordComponents())
                .map(part -> parameter(
                        "query",
                        part.getName(),
                        shapes.of(ResolvableType.forType(part.getGenericType()), Direction.IN),
                        part.getType().isPrimitive()))
                .toList();
    }

    private static String nameOf(String given, MethodParameter argument) {
        var name = given.isEmpty() ? argument.getParameterName() : given;
        return Objects.requireNonNull(name);
    }

    private static Parameter parameter(String in, String name, Schema<?> schema, boolean required) {
        return new Parameter().in(in).name(name).schema(schema).required(required);
    }
}
