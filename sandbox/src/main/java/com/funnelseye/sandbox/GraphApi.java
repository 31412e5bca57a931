package com.funnelseye.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part that plays graph.facebook.com: versioned paths, bearer tokens, Meta's headers, and errors in Meta's shape.
final class GraphApi {

    private static final String DEFAULT_VERSION = "v25.0";
    private static final Pattern PATH = Pattern.compile("/(?:(v[0-9]+\\.[0-9]+)/)?([^/]*)(?:/([^/]+))?/?");
    private static final Logger log = LoggerFactory.getLogger(GraphApi.class);

    private record Target(String id, @Nullable String edge) {}

    private final SandboxOptions options;
    private final MessagesEndpoint messages;
    private final PhoneNumberNode phoneNumber;
    private final byte[] authorization;

    GraphApi(SandboxOptions options, MessagesEndpoint messages) {
        this.options = options;
        this.messages = messages;
        this.phoneNumber = new PhoneNumberNode(options);
        this.authorization = ("Bearer " + options.accessToken()).getBytes(StandardCharsets.UTF_8);
    }

    void answer(Exchange exchange) throws IOException, InterruptedException {
        var traceId = traceId();
        var path = PATH.matcher(exchange.path());
        var version = path.matches() ? path.group(1) : null;
        headers(exchange, version == null ? DEFAULT_VERSION : version, traceId);
        var target = path.matches() ? new Target(path.group(2), path.group(3)) : new Target(exchange.path(), null);
        try {
            if (sends(exchange, target)) {
                send(exchange, target.id());
            } else {
                read(exchange, target);
            }
        } catch (GraphRefusal refused) {
            error(exchange, refused.error(), traceId);
        } catch (RuntimeException ourFault) {
            log.error("The sandbox failed to answer {} {}", exchange.method(), target.edge(), ourFault);
            error(exchange, GraphError.of(1).httpStatus(500), traceId);
        }
    }

    private boolean sends(Exchange exchange, Target target) {
        return exchange.method().equals("POST") && "messages".equals(target.edge());
    }

    /// Also a refused call is remembered, with its body.
    private void send(Exchange exchange, String id) throws IOException, InterruptedException, GraphRefusal {
        var body = exchange.body();
        try {
            authenticate(exchange);
            if (!id.equals(options.phoneNumberId())) {
                throw new GraphRefusal(GraphError.unknownObject(exchange.method(), id));
            }
            messages.answer(exchange, body);
        } catch (GraphRefusal refused) {
            messages.refused(id, body, refused.error());
            throw refused;
        }
    }

    private void read(Exchange exchange, Target target) throws GraphRefusal {
        authenticate(exchange);
        var get = exchange.method().equals("GET");
        if (get && target.id().equals(options.phoneNumberId()) && target.edge() == null) {
            exchange.json(200, phoneNumber.fields(exchange.query("fields")));
        } else if (get && target.id().equals(options.businessAccountId()) && "phone_numbers".equals(target.edge())) {
            exchange.json(200, phoneNumber.list(exchange.query("fields")));
        } else {
            throw new GraphRefusal(GraphError.unknownObject(exchange.method(), target.id()));
        }
    }

    private void authenticate(Exchange exchange) throws GraphRefusal {
        var given = exchange.header("Authorization");
        if (given == null || !given.startsWith("Bearer ")) {
            throw new GraphRefusal(new GraphError(
                    401, "OAuthException", 190, null, "An access token is required to request this resource.", null));
        }
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
            throw new GraphRefusal(GraphError.of(190));
        }
    }

    private void headers(Exchange exchange, String version, String traceId) {
        exchange.put("facebook-api-version", version);
        exchange.put("x-fb-request-id", traceId);
        exchange.put("x-fb-trace-id", traceId);
        exchange.put(
                "x-business-use-case-usage",
                "{\"" + options.businessAccountId() + "\":[{\"type\":\"whatsapp\",\"call_count\":1,"
                        + "\"total_cputime\":1,\"total_time\":1,\"estimated_time_to_regain_access\":0}]}");
    }

    private static void error(Exchange exchange, GraphError error, String traceId) {
        if (error.httpStatus() == 401) {
            exchange.put(
                    "www-authenticate", "OAuth \"Facebook Platform\" \"invalid_token\" \"" + error.message() + "\"");
        }
        exchange.json(error.httpStatus(), GraphJson.error(error, traceId));
    }

    private static String traceId() {
        var random = ThreadLocalRandom.current();
        var bytes = ByteBuffer.allocate(16)
                .putLong(random.nextLong())
                .putLong(random.nextLong())
                .array();
        return "A" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
