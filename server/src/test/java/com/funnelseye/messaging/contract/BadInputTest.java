package com.funnelseye.messaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.contract.Description.Operation;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

/// Bodies, queries, ids and headers nobody should send, to every endpoint of the description. Whatever comes, the
/// answer is the documented one and never our fault. `-Dseed=…` repeats a run.
class BadInputTest extends ServerTest {

    private static final int REQUESTS = 2_400;
    private static final int FEWEST = 25;
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/json;charset=UTF-16",
            "application/yaml",
            "text/csv",
            "image/png");
    private static final List<String> ACCEPTS = List.of("application/xml", "*/*", "text/html", "image/*");

    private static final Map<String, String> KINDS =
            Map.of("contactId", "contact", "messageId", "message", "templateId", "template");

    /// The same in every build, so that a red one is red again; `-Dseed=…` looks elsewhere.
    private static final long USUAL_SEED = 20_240_115;

    private final long seed = Long.getLong("seed", USUAL_SEED);
    private final Random random = new Random(seed);
    private final Map<String, String> wrong = new TreeMap<>();
    private int nextCustomer = 1_000;

    @Autowired
    Things things;

    @Test
    void nothing_a_caller_sends_is_answered_otherwise_than_described() throws Exception {
        System.out.println("seed " + seed);
        var description = Contract.descriptionOf("http://localhost:" + port);
        var operations = description.operations().stream()
                .filter(operation -> !operation.id().equals("authLogout"))
                .toList();
        var each = Math.max(FEWEST, REQUESTS / operations.size());
        for (var operation : operations) {
            tryOut(description, operation, each);
        }

        assertThat(wrong).as("-Dseed=" + seed).isEmpty();
    }

    /// By callers of its own: what one endpoint was made to change must not get in the way of the next.
    private void tryOut(Description description, Operation operation, int times) throws InterruptedException {
        var coach = given.coach("Jane");
        var phone = "+1212555%04d".formatted(nextCustomer++);
        var own = things.of(coach, phone, KINDS);
        var known = new HashMap<>(Map.of("to", phone, "phone", phone, "type", "text", "message", "Hi"));
        own.forEach((name, id) -> known.put(name, id.toString()));
        known.put("leadId", known.get("contactId"));
        known.put("coachId", coach.id().toString());
        known.put("id", known.get(kindOf(operation) + "Id"));
        known.put("version", "1");
        var admin = operation.template().startsWith("/api/messaging/admin/");
        var caller = admin ? given.admin("whatsapp_management") : coach;
        var nonsense = new Nonsense(random, description, known);
        for (var i = 0; i < times; i++) {
            ask(caller, operation, uri(operation, nonsense, known), nonsense, description.requestOf(operation));
        }
    }

    /// What `{id}` names there.
    private static String kindOf(Operation operation) {
        return Stream.of("contact", "template")
                .filter(kind -> operation.template().contains("/" + kind + "s/{id}"))
                .findFirst()
                .orElse("coach");
    }

    private void ask(Person caller, Operation operation, URI uri, Nonsense nonsense, JsonNode schema) {
        var request =
                caller.http().method(HttpMethod.valueOf(operation.method())).uri(uri);
        request.header("Prefer", random.nextInt(20) == 0 ? "wait=x" : "respond-async");
        if (random.nextInt(20) == 0) {
            request.header("X-Request-Id", "<" + "x".repeat(100));
        }
        if (random.nextInt(20) == 0) {
            request.header("Accept", nonsense.pick(ACCEPTS));
        }
        var takesText = operation.node().at("/requestBody/content").has("text/csv");
        if (takesText && random.nextInt(10) > 0) {
            request.header("Content-Type", "text/csv").body(nonsense.sheet());
        } else if (!operation.method().equals("GET") && (!schema.isMissingNode() || random.nextInt(10) == 0)) {
            var type = random.nextInt(20) == 0 ? nonsense.pick(TYPES) : "application/json";
            request.header("Content-Type", type).body(nonsense.body(schema));
        }
        try {
            judge(operation, uri, request.exchange().expectBody(byte[].class).returnResult());
        } catch (AssertionError violation) {
            note(operation, uri, violation.getMessage());
        }
    }

    private void judge(Operation operation, URI uri, EntityExchangeResult<byte[]> result) {
        var answer = new String(result.getResponseBodyContent(), StandardCharsets.UTF_8);
        var status = result.getStatus().value();
        var whatsAppsFault = answer.contains("\"SEND_FAILED\"") || answer.contains("\"CHANNEL_DOWN\"");
        if (status >= 500 && !whatsAppsFault) {
            note(operation, uri, status + " " + sent(result) + " " + answer);
        }
        if (status >= 400 && (answer.contains("Exception") || answer.contains("\tat ") || answer.contains("SELECT "))) {
            note(operation, uri, "tells of our insides: " + answer);
        }
    }

    /// One line for each kind of fault of an endpoint is enough.
    private void note(Operation operation, URI uri, @Nullable String what) {
        var text = String.valueOf(what);
        var kind = operation.id() + " "
                + text.substring(0, Math.min(60, text.length())).replaceAll("\\d{4,}|/.*", "…");
        wrong.putIfAbsent(kind, shortened(uri.toString()) + "\n" + shortened(text));
    }

    private static String sent(EntityExchangeResult<?> result) {
        var body = result.getRequestBodyContent();
        return body == null ? "" : shortened(new String(body, StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return text.length() > 800 ? text.substring(0, 800) + "…" : text;
    }

    private URI uri(Operation operation, Nonsense nonsense, Map<String, String> known) {
        var path = Pattern.compile("\\{([^}]+)}").matcher(operation.template()).replaceAll(variable -> {
            var good = known.getOrDefault(variable.group(1), UUID.randomUUID().toString());
            return Matcher.quoteReplacement(encoded(random.nextInt(3) == 0 ? nonsense.word() : good));
        });
        var query = new StringBuilder();
        for (var parameter : operation.node().path("parameters")) {
            if (parameter.path("in").asString("").equals("query") && random.nextBoolean()) {
                var name = parameter.path("name").asString("");
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(nonsense.word()));
            }
        }
        return URI.create("http://localhost:" + port + path + query);
    }

    private String encoded(String text) {
        if (random.nextInt(25) == 0) {
            return random.nextBoolean() ? "%FF" : "%ED%A0%80";
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
