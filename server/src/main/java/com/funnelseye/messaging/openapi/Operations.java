package com.funnelseye.messaging.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Locale;
import org.springframework.util.StringUtils;

/// Describes an endpoint from its signature: feature, caller, arguments, answers.
final class Operations {

    static final String BEARER = "bearer";

    private final Inputs inputs;
    private final Outcomes outcomes;
    private final Examples examples;

    Operations(Inputs inputs, Outcomes outcomes, Examples examples) {
        this.inputs = inputs;
        this.outcomes = outcomes;
        this.examples = examples;
    }

    /// @param ways methods behind one path and verb
    Operation describe(List<Endpoint> ways) {
        var endpoint = ways.getFirst();
        var arguments = inputs.of(ways);
        var operation = new Operation()
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

    /// "inboxReadAll" becomes "Inbox read all".
    private static String sentence(String id) {
        return StringUtils.capitalize(id.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT));
    }
}
