package com.funnelseye.messaging;

import com.funnelseye.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Posts webhooks as Meta does, and as somebody does who only pretends to be Meta: for what the sandbox never says.
public final class Meta {

    /// One status of one message.
    ///
    /// @param attempt the send's `biz_opaque_callback_data`
    /// @param errorCode of a failure
    public record Told(
            String phoneNumberId,
            String wamid,
            String status,
            Instant at,
            @Nullable UUID attempt,
            @Nullable Integer errorCode) {

        public Told of(String wamid) {
            return new Told(phoneNumberId, wamid, status, at, attempt, errorCode);
        }

        public Told as(String status) {
            return new Told(phoneNumberId, wamid, status, at, attempt, errorCode);
        }

        public Told at(Instant at) {
            return new Told(phoneNumberId, wamid, status, at, attempt, errorCode);
        }

        public Told naming(UUID attempt) {
            return new Told(phoneNumberId, wamid, status, at, attempt, errorCode);
        }

        public Told from(String phoneNumberId) {
            return new Told(phoneNumberId, wamid, status, at, attempt, errorCode);
        }

        public Told failed(int errorCode) {
            return new Told(phoneNumberId, wamid, "failed", at, attempt, errorCode);
        }

        public String json() {
            return """
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{\
                "messaging_product":"whatsapp","metadata":{"display_phone_number":"16505550199","phone_number_id":"%s"},\
                "statuses":[{"id":"%s","status":"%s","timestamp":"%d"%s%s}]}}]}]}\
                """.formatted(phoneNumberId, wamid, status, at.getEpochSecond(), opaque(), errors());
        }

        private String opaque() {
            return attempt == null ? "" : ",\"biz_opaque_callback_data\":\"%s\"".formatted(attempt);
        }

        private String errors() {
            return errorCode == null
                    ? ""
                    : ",\"errors\":[{\"code\":%1$d,\"title\":\"Error %1$d\"}]".formatted(errorCode);
        }
    }

    private final URI door;
    private final SandboxOptions account;
    private final HttpClient http = HttpClient.newHttpClient();

    public Meta(int port, SandboxOptions account) {
        this.door = URI.create("http://localhost:%d/api/webhooks/whatsapp".formatted(port));
        this.account = account;
    }

    /// `sent`, now, from our own number.
    public Told told(String wamid) {
        return new Told(account.phoneNumberId(), wamid, "sent", Instant.now(), null, null);
    }

    /// Signed, and taken.
    public void tell(Told told) throws IOException, InterruptedException {
        var status = post(told.json(), signature(told.json()));
        if (status != 200) {
            throw new IllegalStateException("the webhook was answered " + status);
        }
    }

    /// @param signature the value of `X-Hub-Signature-256`, null leaves it out
    /// @return the HTTP status
    public int post(String body, @Nullable String signature) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(door)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (signature != null) {
            request.header("X-Hub-Signature-256", signature);
        }
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    public String signature(String body) {
        return signature(body, account.appSecret());
    }

    public static String signature(String body, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
