package com.funnelseye.messaging.http;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Describes an endpoint from its signature: feature, caller, arguments, answers.
final class Operations implements GlobalOperationCustomizer {

    static final String BEARER = "bearer";
    private static final Set<String> WITHOUT_TOKEN = Set.of("/api/auth/login", "/api/auth/refresh");

    /// What the rules about statuses need to know of an endpoint.
    record Endpoint(HandlerMethod method, String path, Set<RequestMethod> verbs, Set<String> produces) {

        static Endpoint of(HandlerMethod method, RequestMappingInfo mapping) {
            var produces = mapping.getProducesCondition().getProducibleMediaTypes().stream()
                    .map(Object::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
            return new Endpoint(
                    method,
                    mapping.getPatternValues().iterator().next(),
                    mapping.getMethodsCondition().getMethods(),
                    produces);
        }

        boolean needsToken() {
            return !WITHOUT_TOKEN.contains(path) && !path.startsWith("/api/webhooks/");
        }

        boolean changes() {
            return !verbs.contains(RequestMethod.GET);
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
    }

    private final RequestMappingHandlerMapping mapping;
    private final Inputs inputs;
    private final Outcomes outcomes;
    private final Examples examples;

    Operations(RequestMappingHandlerMapping mapping, Inputs inputs, Outcomes outcomes, Examples examples) {
        this.mapping = mapping;
        this.inputs = inputs;
        this.outcomes = outcomes;
        this.examples = examples;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        var endpoint = endpointOf(method);
        var arguments = inputs.of(method);
        operation
                .operationId(endpoint.id())
                .tags(List.of(endpoint.feature()))
                .summary(sentence(endpoint.id()))
                .parameters(arguments.parameters().isEmpty() ? null : arguments.parameters())
                .requestBody(arguments.body())
                .responses(outcomes.of(endpoint, arguments));
        operation.setSecurity(endpoint.needsToken() ? List.of(new SecurityRequirement().addList(BEARER)) : List.of());
        examples.attach(operation);
        return operation;
    }

    private Endpoint endpointOf(HandlerMethod method) {
        return mapping.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getValue().getMethod().equals(method.getMethod()))
                .map(entry -> Endpoint.of(method, entry.getKey()))
                .findFirst()
                .orElseThrow();
    }

    /// "inboxReadAll" becomes "Inbox read all".
    private static String sentence(String id) {
        return StringUtils.capitalize(id.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT));
    }
}
