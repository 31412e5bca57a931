package com.funnelseye.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/// The calls Meta makes to a webhook: the handshake and the signed POST. Thousands a second beside the server they are
/// for,
/// so each must cost little.
final class WebhookClient implements AutoCloseable {

    private static final int MAX_CHALLENGE_CHARS = 1_000;

    private final String verifyToken;
    private final SecretKeySpec appSecret;
    private final CloseableHttpClient http;

    WebhookClient(SandboxOptions options) {
        this.verifyToken = options.verifyToken();
        this.appSecret = new SecretKeySpec(options.appSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.http = client(options.webhookTimeout());
    }

    /// Repeating is for [Webhooks] alone.
    private static CloseableHttpClient client(Duration patience) {
        var timeout = Timeout.of(patience);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(Webhooks.WORKERS)
                .setMaxConnTotal(Webhooks.WORKERS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(timeout).build())
                .setUserAgent("facebookexternalua")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /// @return whether the receiver knew the verify token and echoed the challenge
    boolean shakesHands(URI webhook) throws IOException {
        var challenge = Integer.toString(ThreadLocalRandom.current().nextInt(1_000_000_000, Integer.MAX_VALUE));
        var query = "hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token="
                + URLEncoder.encode(verifyToken, StandardCharsets.UTF_8);
        var address = webhook + (webhook.getRawQuery() == null ? "?" : "&") + query;
        return http.execute(
                new HttpGet(URI.create(address)),
                answer -> answer.getCode() == 200
                        && answer.getEntity() != null
                        && challenge.equals(EntityUtils.toString(answer.getEntity(), MAX_CHALLENGE_CHARS)));
    }

    /// @return the HTTP status
    int post(URI webhook, byte[] body) throws IOException {
        var request = new HttpPost(webhook);
        request.setHeader("X-Hub-Signature-256", "sha256=" + signature(body));
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        return http.execute(request, answer -> {
            EntityUtils.consume(answer.getEntity());
            return answer.getCode();
        });
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
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
