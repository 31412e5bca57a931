package com.funnelseye.messaging.whatsapp;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// One HTTP call to Meta, never repeated by itself: what it sends has no idempotency key, so only the caller may decide
/// about another try. What comes back is read as hostile: limited in size and in time.
final class GraphClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GraphClient.class);

    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);

    /// A connection idle for longer is checked before use: a reset on a reused one leaves a message in doubt.
    private static final TimeValue CHECKED_AFTER = TimeValue.ofMilliseconds(500);

    private static final TimeValue IDLE_FOR = TimeValue.ofSeconds(30);
    private static final TimeValue CONNECTION_LIFE = TimeValue.ofMinutes(5);

    private final WhatsAppAccount account;
    private final int maxConnections;
    private final Duration deadline;
    private final CloseableHttpClient http;
    private final String proof;
    private final ScheduledThreadPoolExecutor timer = timer();
    private final AtomicBoolean warnedOfVersion = new AtomicBoolean();

    /// @param deadline of a whole call by the wall clock, from asking for a connection to the last byte of the answer
    GraphClient(WhatsAppAccount account, int maxConnections, Duration deadline) {
        this.account = account;
        this.maxConnections = maxConnections;
        this.deadline = deadline;
        this.http = client(maxConnections, deadline);
        this.proof = HexFormat.of()
                .formatHex(Hmac.of(account.appSecret(), account.accessToken().getBytes(StandardCharsets.US_ASCII)));
    }

    int maxConnections() {
        return maxConnections;
    }

    Answer post(String path, JsonNode body) {
        var request = new HttpPost(urlOf(path, ""));
        request.setEntity(new ByteArrayEntity(GraphJson.bytes(body), ContentType.APPLICATION_JSON));
        return call(request);
    }

    /// @param query such as `fields=name&limit=5`, already encoded
    Answer get(String path, String query) {
        return call(new HttpGet(urlOf(path, query + "&")));
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        http.close();
    }

    /// With the proof a stolen token is worth nothing. See
    /// [securing requests](https://developers.facebook.com/docs/graph-api/guides/secure-requests).
    private URI urlOf(String path, String query) {
        return account.urlOf("%s?%sappsecret_proof=%s".formatted(path, query, proof));
    }

    private Answer call(HttpUriRequestBase request) {
        request.setHeader("Authorization", "Bearer " + account.accessToken());
        var start = new Start(deadline);
        var context = HttpClientContext.create();
        context.setAttribute(Start.ATTRIBUTE, start);
        // A response timeout alone is counted anew with every read: a drip of bytes would hold us for ever.
        var alarm = timer.schedule(() -> cancel(request), deadline.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return http.execute(request, context, this::read);
        } catch (IOException | IllegalStateException failure) {
            var cause = start.isOver() ? "no answer within " + deadline : describe(failure);
            return start.isMade() ? new Answer.Lost(cause) : new Answer.NotSent(cause);
        } finally {
            alarm.cancel(false);
        }
    }

    private Answer read(ClassicHttpResponse response) throws IOException {
        warnOfOtherVersion(response);
        var entity = response.getEntity();
        var body = entity == null ? new byte[0] : entity.getContent().readNBytes(MAX_ANSWER_BYTES + 1);
        if (body.length > MAX_ANSWER_BYTES) {
            // Thrown, not returned: a returned answer would have the rest of the body read to its end.
            throw new IOException("answer over %d bytes".formatted(MAX_ANSWER_BYTES));
        }
        return new Answer.Received(response.getCode(), GraphJson.read(body), Waits.askedIn(response));
    }

    /// Calls to a retired version are silently served by another one.
    private void warnOfOtherVersion(ClassicHttpResponse response) {
        var served = response.getFirstHeader("facebook-api-version");
        if (served != null
                && !account.version().equals(served.getValue())
                && warnedOfVersion.compareAndSet(false, true)) {
            log.warn("Meta serves another version: asked={} served={}", account.version(), served.getValue());
        }
    }

    private static String describe(Exception failure) {
        var name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name : name + ": " + failure.getMessage();
    }

    private static void cancel(HttpUriRequestBase request) {
        request.cancel();
    }

    private static CloseableHttpClient client(int maxConnections, Duration deadline) {
        return HttpClients.custom()
                .setConnectionManager(connections(maxConnections, deadline))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT_TIMEOUT)
                        .setResponseTimeout(Timeout.of(deadline))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .addExecInterceptorLast("start", Start::intercept)
                .setUserAgent("FunnelsEye-Messaging")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictIdleConnections(IDLE_FOR)
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(int max, Duration deadline) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(max)
                .setMaxConnPerRoute(max)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_TIMEOUT)
                        .setSocketTimeout(Timeout.of(deadline))
                        .setValidateAfterInactivity(CHECKED_AFTER)
                        .setTimeToLive(CONNECTION_LIFE)
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(CONNECT_TIMEOUT).build())
                .build();
    }

    private static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("whatsapp-deadline").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
