package com.funnelseye.messaging.openapi;

import static java.util.Objects.requireNonNull;

import com.funnelseye.messaging.http.Failure;
import com.funnelseye.messaging.openapi.Shapes.Direction;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.ResolvableType;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// Writes the document. What it says of an endpoint follows from its signature by the rules of [Operations] and
/// [Shapes]; words that no signature holds come from files in `openapi/`.
final class Document {

    private final RequestMappingHandlerMapping mapping;
    private final Shapes shapes;
    private final Operations operations;
    private final Texts texts;

    Document(JsonMapper json, RequestMappingHandlerMapping mapping, List<HandlerMethodArgumentResolver> resolvers) {
        this.mapping = mapping;
        this.shapes = new Shapes(json);
        this.texts = new Texts(json);
        var inputs = new Inputs(shapes, new Parameters(shapes, resolvers, texts.parameters()));
        this.operations = new Operations(inputs, new Outcomes(shapes), new Examples(json));
    }

    OpenAPI describe() {
        var paths = new Paths();
        endpoints().forEach((path, byVerb) -> {
            var item = new PathItem();
            byVerb.forEach((verb, ways) -> item.operation(HttpMethod.valueOf(verb), operations.describe(ways)));
            paths.addPathItem(path, item);
        });
        return new OpenAPI(SpecVersion.V31)
                .openapi("3.1.0")
                .info(new Info()
                        .title("FunnelsEye Messaging")
                        .version("1")
                        .description(texts.introduction()))
                .servers(List.of(new Server().url("http://localhost:5000")))
                .tags(texts.tags().entrySet().stream()
                        .map(tag -> new Tag().name(tag.getKey()).description(tag.getValue()))
                        .toList())
                .paths(paths)
                .components(components());
    }

    /// The methods behind a path and a verb, which may take different kinds of bodies. The first gives its name.
    private Map<String, Map<String, List<Endpoint>>> endpoints() {
        return mapping.getHandlerMethods().entrySet().stream()
                .flatMap(entry -> Endpoint.of(entry.getValue(), entry.getKey()))
                .filter(endpoint -> endpoint.path().startsWith("/api/"))
                .sorted(Comparator.comparing(Endpoint::id))
                .collect(Collectors.groupingBy(
                        Endpoint::path,
                        TreeMap::new,
                        Collectors.groupingBy(endpoint -> endpoint.verb().name(), TreeMap::new, Collectors.toList())));
    }

    private Components components() {
        var components = new Components();
        var failure = shapes.of(ResolvableType.forClass(Failure.class), Direction.OUT);
        Outcomes.failures(failure).forEach(components::addResponses);
        shapes.named().forEach(components::addSchemas);
        texts.addCodesTo(requireNonNull(components.getSchemas().get(lastPart(failure.get$ref()))));
        components.addHeaders(Outcomes.REQUEST_ID, Outcomes.requestId());
        return components.addSecuritySchemes(
                Operations.BEARER,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description("The token of `POST /api/auth/login`, or one of the surrounding platform."));
    }

    private static String lastPart(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
