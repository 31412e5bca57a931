package com.funnelseye.messaging.openapi;

import com.funnelseye.messaging.http.Shown;
import com.funnelseye.messaging.openapi.Shapes.Direction;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.multipart.MultipartFile;

/// What an endpoint is asked with: path, query, headers, body.
final class Inputs {

    /// @param names whether some id is given, so that it may name nothing
    record Arguments(List<Parameter> parameters, @Nullable RequestBody body, boolean names) {
        boolean hasHeader(String name) {
            return parameters.stream().anyMatch(one -> name.equals(one.getName()));
        }
    }

    private final Shapes shapes;
    private final Parameters parameters;

    Inputs(Shapes shapes, Parameters parameters) {
        this.shapes = shapes;
        this.parameters = parameters;
    }

    /// What the ways of one endpoint are asked with. They differ in their bodies at most.
    Arguments of(List<Endpoint> ways) {
        var first = of(ways.getFirst());
        for (var way : ways.subList(1, ways.size())) {
            var other = of(way).body();
            if (first.body() != null && other != null) {
                first.body().getContent().putAll(other.getContent());
            }
        }
        return first;
    }

    private Arguments of(Endpoint endpoint) {
        var asked = new ArrayList<Parameter>();
        RequestBody body = null;
        var names = false;
        for (var argument : endpoint.method().getMethodParameters()) {
            argument.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            asked.addAll(parameters.of(argument, endpoint));
            body = body == null ? bodyOf(argument, endpoint) : body;
            names |= argument.hasParameterAnnotation(PathVariable.class)
                    || (parameters.isAsked(argument) && holdsIds(argument.getParameterType()));
        }
        return new Arguments(asked, body, names);
    }

    private @Nullable RequestBody bodyOf(MethodParameter argument, Endpoint endpoint) {
        var body = argument.getParameterAnnotation(org.springframework.web.bind.annotation.RequestBody.class);
        if (body != null) {
            var kinds = endpoint.consumes();
            var schema = kinds.isEmpty() ? jsonOf(argument) : schemaOf(argument);
            return body(
                            kinds.isEmpty() ? "application/json" : kinds.iterator().next(),
                            body.required() ? schema : Shapes.orNull(schema))
                    .required(body.required());
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

    /// Bytes without a kind are JSON that is read later.
    private Schema<?> jsonOf(MethodParameter argument) {
        return argument.getParameterType() == byte[].class ? SimpleShapes.typed("object") : schemaOf(argument);
    }

    private Schema<?> schemaOf(MethodParameter argument) {
        var shown = argument.getParameterAnnotation(Shown.class);
        var type = shown == null || shown.as() == void.class
                ? ResolvableType.forMethodParameter(argument)
                : ResolvableType.forClass(shown.as());
        return shapes.of(type, Direction.IN);
    }

    private static RequestBody body(String type, Schema<?> schema) {
        return new RequestBody().content(new Content().addMediaType(type, new MediaType().schema(schema)));
    }

    private static boolean holdsIds(Class<?> type) {
        return type == UUID.class
                || (type.isRecord()
                        && Stream.of(type.getRecordComponents()).anyMatch(part -> part.getType() == UUID.class));
    }
}
