package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.setup.CannotStart;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/// The public keys the platform publishes. They are read again when they are old or a token names one we have not
/// seen, but never more than once a minute: a stream of invented names must not become a stream of requests.
final class PlatformKeys implements PlatformTokens.Signatures {

    private static final Logger log = LoggerFactory.getLogger(PlatformKeys.class);

    private static final Duration BETWEEN_READS = Duration.ofMinutes(1);
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long READ_MS = 3_000;
    private static final long MAX_BYTES = 256 * 1024;
    private static final int MIN_RSA_BITS = 2048;

    private final URI uri;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private volatile @Nullable JWKSet keys;
    private volatile Instant triedAt = Instant.MIN;

    private PlatformKeys(URI uri, Clock clock) {
        this.uri = uri;
        this.clock = clock;
    }

    static PlatformKeys of(String property, @Nullable URI uri, Clock clock) {
        var encrypted = uri != null && "https".equals(uri.getScheme());
        if (uri == null || uri.getHost() == null || !(encrypted || isThisMachine(uri))) {
            throw new CannotStart(property + " must be an https address");
        }
        return new PlatformKeys(uri, clock);
    }

    @Override
    public Optional<JWSVerifier> verifierFor(StrictJwt token) {
        var kid = token.kid();
        return kid == null ? Optional.empty() : key(kid).flatMap(key -> verifier(token.algorithm(), key));
    }

    private Optional<JWK> key(String kid) {
        if (isStale() || find(kid).isEmpty()) {
            readOncePerMinute();
        }
        if (keys == null) {
            throw new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "UNAVAILABLE",
                    "Service temporarily unavailable",
                    "Service Unavailable");
        }
        return find(kid);
    }

    private Optional<JWK> find(String kid) {
        return Optional.ofNullable(keys).map(known -> known.getKeyByKeyId(kid));
    }

    private boolean isStale() {
        return keys == null || triedAt.isBefore(clock.instant().minus(FRESH));
    }

    private synchronized void readOncePerMinute() {
        var now = clock.instant();
        if (triedAt.isAfter(now.minus(BETWEEN_READS))) {
            return;
        }
        triedAt = now;
        try {
            keys = JWKSet.parse(new String(read(), StandardCharsets.UTF_8));
        } catch (IOException | ParseException failure) {
            log.warn("The platform's keys could not be read, those known before stay in use: {}", failure.toString());
        }
    }

    /// The limit of time covers the whole answer, not only its first byte.
    private byte[] read() throws IOException {
        var request =
                HttpRequest.newBuilder(uri).header("Accept", "application/json").build();
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            var response = answer.get(READ_MS, TimeUnit.MILLISECONDS);
            if (response.statusCode() != HttpStatus.OK.value()) {
                throw new IOException("status " + response.statusCode());
            }
            return response.body();
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw new IOException("no answer within " + READ_MS + " ms", slow);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        }
    }

    private static Optional<JWSVerifier> verifier(String algorithm, JWK key) {
        if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
            return Optional.empty();
        }
        try {
            return switch (key) {
                case RSAKey rsa
                when algorithm.equals("RS256") && rsa.size() >= MIN_RSA_BITS -> Optional.of(new RSASSAVerifier(rsa));
                case ECKey ec
                when algorithm.equals("ES256") && ec.getCurve().equals(Curve.P_256) ->
                    Optional.of(new ECDSAVerifier(ec));
                default -> Optional.empty();
            };
        } catch (JOSEException unusable) {
            return Optional.empty();
        }
    }

    private static boolean isThisMachine(URI uri) {
        try {
            return "http".equals(uri.getScheme())
                    && InetAddress.getByName(uri.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
