package com.funnelseye.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A fault as it is ordered over HTTP: what, for whom, how often. The README lists the kinds.
record FaultOrder(Fault fault, @Nullable String to, int times, int every) {

    static FaultOrder read(JsonNode body) {
        return new FaultOrder(
                fault(body),
                ControlApi.optional(body, "to"),
                body.path("times").asInt(1),
                body.path("every").asInt(0));
    }

    void place(Sandbox sandbox) {
        if (every > 0) {
            sandbox.failEvery(every, fault);
        } else if (to != null) {
            sandbox.failNext(to, times, fault);
        } else {
            sandbox.failNext(times, fault);
        }
    }

    private static Fault fault(JsonNode body) {
        var accepted = body.path("accepted").asBoolean(false);
        return switch (ControlApi.required(body, "kind")) {
            case "refused" -> Fault.refused(number(body, "code"));
            case "failsLater" -> Fault.failsLater(number(body, "code"));
            case "statuses" -> new Fault.Statuses(statuses(body));
            case "reset" -> new Fault.Reset(accepted);
            case "silence" -> new Fault.Silence(accepted);
            case "html" -> new Fault.Html(body.path("httpStatus").asInt(500), accepted);
            case "slow" -> new Fault.Slow(Duration.ofMillis(number(body, "delayMs")));
            case "truncated" -> new Fault.Truncated();
            default -> throw new IllegalArgumentException("There is no such kind of fault");
        };
    }

    private static List<Status> statuses(JsonNode body) {
        return body.path("statuses")
                .valueStream()
                .map(word -> status(word.asString("")))
                .toList();
    }

    private static Status status(String word) {
        return Arrays.stream(Status.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no status '" + word + "'"));
    }

    private static int number(JsonNode body, String field) {
        var value = body.path(field);
        if (!value.isInt()) {
            throw new IllegalArgumentException(field + " must be a number");
        }
        return value.asInt();
    }
}
