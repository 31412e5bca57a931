package com.funnelseye.sandbox;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What [Sandbox] offers, as JSON over HTTP below `/sandbox/`: for the page, and for tools in another process.
final class ControlApi {

    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_PHONES = 200;
    private static final Pattern CHAT = Pattern.compile("/sandbox/phones/([0-9]{7,15})");
    private static final Pattern WEBHOOK = Pattern.compile("/sandbox/webhooks/([0-9]{1,18})(/deliver)?");

    private final Sandbox sandbox;

    ControlApi(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    static Object error(String sentence) {
        return Map.of("error", sentence);
    }

    void answer(Exchange exchange) throws IOException, InterruptedException {
        exchange.put("Cache-Control", "no-store");
        exchange.put("X-Content-Type-Options", "nosniff");
        try {
            var answer = switch (exchange.method()) {
                case "GET" -> get(exchange);
                case "POST", "PUT" -> change(exchange.path(), parse(exchange.body()));
                case "DELETE" -> delete(exchange.path());
                default -> null;
            };
            exchange.json(answer == null ? 404 : 200, answer == null ? error("There is no such thing here") : answer);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            exchange.json(400, error(String.valueOf(refused.getMessage())));
        }
    }

    private @Nullable Object get(Exchange exchange) {
        var path = exchange.path();
        var chat = CHAT.matcher(path);
        if (chat.matches()) {
            return sandbox.chats().look(chat.group(1)).orElse(null);
        }
        return switch (path) {
            case "/sandbox/state" -> sandbox.state();
            case "/sandbox/phones" -> Map.of("phones", sandbox.chats().phones(MOST_PHONES));
            case "/sandbox/acceptances" ->
                Map.of("acceptances", sandbox.ledger().acceptances().after(after(exchange), MOST_ENTRIES));
            case "/sandbox/requests" ->
                Map.of("requests", sandbox.ledger().calls().after(after(exchange), MOST_ENTRIES));
            case "/sandbox/webhooks" ->
                Map.of("pending", sandbox.pending().stream().limit(MOST_ENTRIES).toList());
            default -> null;
        };
    }

    private @Nullable Object change(String path, JsonNode body) throws IOException, InterruptedException {
        switch (path) {
            case "/sandbox/inbound" -> {
                return Map.of("wamid", sandbox.customerWrites(text(body)));
            }
            case "/sandbox/read" -> {
                return Map.of("read", sandbox.customerReads(required(body, "from")));
            }
            case "/sandbox/phones" ->
                sandbox.chats().open(PhoneNumber.require(required(body, "number")), optional(body, "profileName"));
            case "/sandbox/faults" -> FaultOrder.read(body).place(sandbox);
            case "/sandbox/webhook" -> sandbox.deliverTo(URI.create(required(body, "url")));
            case "/sandbox/webhooks/hold" -> sandbox.holdWebhooks();
            case "/sandbox/webhooks/release" -> sandbox.releaseWebhooks();
            default -> {
                return deliver(path);
            }
        }
        return Map.of("success", true);
    }

    private @Nullable Object deliver(String path) throws IOException, InterruptedException {
        var matcher = WEBHOOK.matcher(path);
        if (!matcher.matches() || matcher.group(2) == null) {
            return null;
        }
        var webhook = pending(Long.parseLong(matcher.group(1)));
        return webhook.isEmpty() ? null : Map.of("httpStatus", sandbox.deliver(webhook.get()));
    }

    private @Nullable Object delete(String path) {
        if (path.equals("/sandbox/faults")) {
            sandbox.clearFaults();
            return Map.of("success", true);
        }
        var matcher = WEBHOOK.matcher(path);
        if (!matcher.matches() || matcher.group(2) != null) {
            return null;
        }
        return pending(Long.parseLong(matcher.group(1)))
                .map(webhook -> Map.of("success", sandbox.drop(webhook)))
                .orElse(null);
    }

    private Optional<PendingWebhook> pending(long id) {
        return sandbox.pending().stream().filter(webhook -> webhook.id() == id).findFirst();
    }

    private static CustomerText text(JsonNode body) {
        var at = optional(body, "timestamp");
        return new CustomerText(
                required(body, "from"),
                optional(body, "profileName"),
                required(body, "text"),
                at == null ? null : instant(at),
                optional(body, "quoting"));
    }

    private static Instant instant(String iso) {
        try {
            return Instant.parse(iso);
        } catch (DateTimeParseException notIso) {
            throw new IllegalArgumentException("timestamp must look like 2026-01-31T12:00:00Z", notIso);
        }
    }

    private static long after(Exchange exchange) {
        var after = exchange.query("after");
        try {
            return after == null ? 0 : Long.parseLong(after);
        } catch (NumberFormatException notNumber) {
            throw new IllegalArgumentException("after must be a number", notNumber);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return body.isBlank() ? Json.object() : Json.parse(body);
        } catch (JacksonException notJson) {
            throw new IllegalArgumentException("The body is not JSON", notJson);
        }
    }

    static String required(JsonNode body, String field) {
        var value = optional(body, field);
        if (value == null) {
            throw new IllegalArgumentException(field + " is required");
        }
        return value;
    }

    static @Nullable String optional(JsonNode body, String field) {
        var value = body.path(field);
        return value.isString() ? value.asString() : null;
    }
}
