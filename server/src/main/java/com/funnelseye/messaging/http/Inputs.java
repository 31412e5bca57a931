package com.funnelseye.messaging.http;

import com.funnelseye.messaging.http.Shapes.Direction;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.multipart.MultipartFile;

/// What an endpoint is asked with: path, query, headers, body. Arguments that the server finds by itself are not shown.
final class Inputs {

    /// @param names whether some id is given, so that it may name nothing
    record Arguments(List<Parameter> parameters, @Nullable RequestBody body, boolean names) {
        boolean hasHeader(String name) {
            return parameters.stream().anyMatch(one -> name.equals(one.getName()));
        }
    }

    private final Shapes shapes;
    private final List<HandlerMethodArgumentResolver> resolvers;

    Inputs(Shapes shapes, List<HandlerMethodArgumentResolver> resolvers) {
        this.shapes = shapes;
        this.resolvers = resolvers;
    }

    Arguments of(HandlerMethod method) {
        var parameters = new ArrayList<Parameter>();
        RequestBody body = null;
        var names = false;
        for (var argument : method.getMethodParameters()) {
            argument.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            var type = argument.getParameterType();
            parameters.addAll(parametersOf(argument));
            body = body == null ? bodyOf(argument) : body;
            names |= argument.hasParameterAnnotation(PathVariable.class) || (isAsked(argument) && holdsIds(type));
        }
        return new Arguments(parameters, body, names);
    }

    private List<Parameter> parametersOf(MethodParameter argument) {
        var type = argument.getParameterType();
        var header = type.getAnnotation(FromHeader.class);
        if (header != null) {
            return List.of(parameter("header", header.value(), SimpleShapes.typed("string"), false)
                    .description(header.description()));
        }
        var queries = type.getAnnotation(FromQuery.class);
        if (queries != null) {
            return Arrays.stream(queries.value())
                    .map(name -> parameter("query", name, SimpleShapes.typed("string"), false))
                    .toList();
        }
        if (type == Page.class) {
            return List.of(
                    whole("page", 1, PageArgument.MAX_PAGE, 1), whole("limit", 1, Page.MAX_LIMIT, Page.DEFAULT_LIMIT));
        }
        if (type == Period.class) {
            return Stream.of("from", "to", "tz")
                    .map(name -> parameter("query", name, SimpleShapes.typed("string"), false))
                    .toList();
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

    private Parameter given(String in, String name, boolean required, String defaultValue, MethodParameter argument) {
        var hasDefault = !ValueConstants.DEFAULT_NONE.equals(defaultValue);
        var optional = hasDefault || argument.getParameterType() == Optional.class;
        var schema = schemaOf(argument);
        if (hasDefault) {
            schema.setDefault(valueOf(schema, defaultValue));
        }
        return parameter(in, nameOf(name, argument), schema, required && !optional);
    }

    private static Object valueOf(Schema<?> schema, String text) {
        if (schema.getTypes() == null || schema.getTypes().contains("string")) {
            return text;
        }
        return schema.getTypes().contains("boolean") ? Boolean.valueOf(text) : new BigDecimal(text);
    }

    private Schema<?> schemaOf(MethodParameter argument) {
        var type = ResolvableType.forMethodParameter(argument);
        return shapes.of(type.toClass() == Optional.class ? type.getGeneric(0) : type, Direction.IN);
    }

    /// A record no annotation and no resolver speaks for: Spring fills its components from the query.
    private boolean isFilter(MethodParameter argument) {
        return argument.getParameterType().isRecord()
                && !argument.hasParameterAnnotation(org.springframework.web.bind.annotation.RequestBody.class)
                && isAsked(argument);
    }

    private boolean isAsked(MethodParameter argument) {
        return resolvers.stream().noneMatch(resolver -> resolver.supportsParameter(argument));
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

    private @Nullable RequestBody bodyOf(MethodParameter argument) {
        var body = argument.getParameterAnnotation(org.springframework.web.bind.annotation.RequestBody.class);
        if (body != null) {
            var schema = shapes.of(ResolvableType.forMethodParameter(argument), Direction.IN);
            return body("application/json", schema).required(body.required());
        }
        if (MultipartFile.class.isAssignableFrom(argument.getParameterType())
                || argument.hasParameterAnnotation(RequestPart.class)) {
            var name = StringUtils.hasText(argument.getParameterName()) ? argument.getParameterName() : "file";
            var form = SimpleShapes.typed("object");
            form.addProperty(name, SimpleShapes.typed("string").format("binary"));
            form.addRequiredItem(name);
            return body("multipart/form-data", form).required(true);
        }
        return null;
    }

    private static RequestBody body(String type, Schema<?> schema) {
        return new RequestBody().content(new Content().addMediaType(type, new MediaType().schema(schema)));
    }

    private static boolean holdsIds(Class<?> type) {
        return type == UUID.class
                || (type.isRecord()
                        && Stream.of(type.getRecordComponents()).anyMatch(part -> part.getType() == UUID.class));
    }

    private static String nameOf(String given, MethodParameter argument) {
        var name = given.isEmpty() ? argument.getParameterName() : given;
        return Objects.requireNonNull(name);
    }

    private static Parameter whole(String name, int min, int max, int otherwise) {
        var schema = SimpleShapes.typed("integer")
                .format("int32")
                .minimum(BigDecimal.valueOf(min))
                .maximum(BigDecimal.valueOf(max));
        schema.setDefault(otherwise);
        return parameter("query", name, schema, false);
    }

    private static Parameter parameter(String in, String name, Schema<?> schema, boolean required) {
        return new Parameter().in(in).name(name).schema(schema).required(required);
    }
}
