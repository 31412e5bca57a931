package com.funnelseye.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The calls Meta makes to a webhook: the handshake and the signed POST.
final class WebhookClient implements AutoCloseable {

    private final String verifyToken;
    private final SecretKeySpec appSecret;
    private final Duration timeout;
    private final HttpClient http;

    WebhookClient(SandboxOptions options) {
        this.verifyToken = options.verifyToken();
        this.appSecret = new SecretKeySpec(options.appSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.timeout = options.webhookTimeout();
        this.http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// @return whether the receiver knew the verify token and echoed the challenge
    boolean shakesHands(URI webhook) throws IOException, InterruptedException {
        var challenge = Integer.toString(ThreadLocalRandom.current().nextInt(1_000_000_000, Integer.MAX_VALUE));
        var query = "hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token="
                + URLEncoder.encode(verifyToken, StandardCharsets.UTF_8);
        var address = webhook + (webhook.getRawQuery() == null ? "?" : "&") + query;
        var answer = http.send(request(URI.create(address)).GET().build(), BodyHandlers.ofString());
        return answer.statusCode() == 200 && answer.body().equals(challenge);
    }

    /// @return the HTTP status
    int post(URI webhook, byte[] body) throws IOException, InterruptedException {
        var request = request(webhook)
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature-256", "sha256=" + signature(body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(timeout).header("User-Agent", "facebookexternalua");
    }

    private String signature(byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(appSecret);
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
