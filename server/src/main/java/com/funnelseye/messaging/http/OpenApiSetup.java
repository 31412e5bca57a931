package com.funnelseye.messaging.http;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// The description of the API at `/v3/api-docs`. springdoc finds the endpoints and serves the document; what is said of
/// each follows from its signature by the rules of [Operations] and [Shapes].
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "springdoc.api-docs.enabled", havingValue = "true", matchIfMissing = true)
class OpenApiSetup {

    @Bean
    Shapes shapes(JsonMapper json) {
        return new Shapes(json);
    }

    @Bean
    GlobalOperationCustomizer operations(
            Shapes shapes,
            JsonMapper json,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            List<HandlerMethodArgumentResolver> resolvers) {
        return new Operations(mapping, new Inputs(shapes, resolvers), new Outcomes(shapes), new Examples(json));
    }

    @Bean
    GlobalOpenApiCustomizer document(Shapes shapes, JsonMapper json) {
        return document -> {
            document.info(new Info()
                            .title("FunnelsEye Messaging")
                            .version("1")
                            .description("WhatsApp messaging for coaches. Successful answers are"
                                    + " `{success, message?, data}`, all others a `Failure`."))
                    .servers(List.of(new Server().url("http://localhost:5000")))
                    .tags(null)
                    .paths(sorted(document.getPaths()))
                    .components(components(shapes, json));
        };
    }

    private static Components components(Shapes shapes, JsonMapper json) {
        var components = new Components();
        var failure = shapes.of(ResolvableType.forClass(Failure.class), Shapes.Direction.OUT);
        Outcomes.failures(failure).forEach(components::addResponses);
        shapes.named().forEach(components::addSchemas);
        new Codes(json).addTo(requireNonNull(components.getSchemas().get(lastPart(failure.get$ref()))));
        components.addHeaders(RequestManners.REQUEST_ID, Outcomes.requestId());
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

    private static Paths sorted(Map<String, PathItem> paths) {
        var sorted = new Paths();
        sorted.putAll(new TreeMap<>(paths));
        return sorted;
    }
}
