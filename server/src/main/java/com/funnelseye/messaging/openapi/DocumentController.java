package com.funnelseye.messaging.openapi;

import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// The description of the API, made when it is first asked for.
@RestController
@ConditionalOnProperty(name = "messaging.openapi.enabled", havingValue = "true", matchIfMissing = true)
class DocumentController {

    private final SingletonSupplier<String> inJson;
    private final SingletonSupplier<String> inYaml;

    DocumentController(
            JsonMapper json,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            List<HandlerMethodArgumentResolver> resolvers) {
        var document = SingletonSupplier.of(() -> Written.tree(new Document(json, mapping, resolvers).describe()));
        inJson = SingletonSupplier.of(() -> Written.asJson(document.obtain()));
        inYaml = SingletonSupplier.of(() -> Written.asYaml(document.obtain()));
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    String json() {
        return inJson.obtain();
    }

    @GetMapping(path = "/v3/api-docs.yaml", produces = "application/yaml;charset=UTF-8")
    String yaml() {
        return inYaml.obtain();
    }
}
