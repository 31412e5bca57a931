package com.funnelseye.messaging.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Webhooks made by hand, as Meta or a stranger would send them.
final class Meta {

    private final URI door;
    private final String secret;
    private final HttpClient http = HttpClient.newHttpClient();

    Meta(World world) {
        this(world.b, world);
    }

    Meta(World.Node node, World world) {
        this.door = node.url().resolve("/api/webhooks/whatsapp");
        this.secret = world.sandbox.options().appSecret();
    }

    /// @param signature the value of `X-Hub-Signature-256`, null leaves it out
    int post(String body, @Nullable String signature) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(door)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (signature != null) {
            request.header("X-Hub-Signature-256", signature);
        }
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    String signature(String body) {
        return signature(body, secret);
    }

    static String signature(String body, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
