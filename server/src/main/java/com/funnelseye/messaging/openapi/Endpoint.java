package com.funnelseye.messaging.openapi;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/// A controller's method and where it is found.
record Endpoint(HandlerMethod method, String path, RequestMethod verb, Set<String> consumes, Set<String> produces) {

    private static final Set<String> WITHOUT_TOKEN = Set.of("/api/auth/login", "/api/auth/refresh");

    static Stream<Endpoint> of(HandlerMethod method, RequestMappingInfo mapping) {
        var consumes = texts(mapping.getConsumesCondition().getConsumableMediaTypes());
        var produces = texts(mapping.getProducesCondition().getProducibleMediaTypes());
        return mapping.getPatternValues().stream()
                .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                        .map(verb -> new Endpoint(method, path, verb, consumes, produces)));
    }

    boolean needsToken() {
        return !WITHOUT_TOKEN.contains(path) && !isCalledByWhatsApp();
    }

    boolean isCalledByWhatsApp() {
        return path.startsWith("/api/webhooks/");
    }

    boolean changes() {
        return verb != RequestMethod.GET;
    }

    String id() {
        var controller = method.getBeanType().getSimpleName().replaceFirst("Controller$", "");
        return StringUtils.uncapitalize(controller)
                + StringUtils.capitalize(method.getMethod().getName());
    }

    String feature() {
        var name = ClassUtils.getPackageName(method.getBeanType());
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Set<String> texts(Set<MediaType> types) {
        return types.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
    }
}
