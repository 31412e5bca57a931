package com.funnelseye.messaging.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.setup.CannotStart;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PlatformTokensTest extends AccountsTest {

    private static final String SECRET = "q9V!x2Lw7#Zr4Tn8Bk1Mc6Hd3Jf5Gs0Pa";

    @Autowired
    AccountRepository repository;

    private final AtomicInteger reads = new AtomicInteger();
    private volatile String published = "{\"keys\":[]}";
    private HttpServer keys = none();

    @BeforeEach
    void publishKeys() throws IOException {
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/", exchange -> {
            reads.incrementAndGet();
            var body = published.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
    }

    @AfterEach
    void unpublish() {
        keys.stop(0);
    }

    @Test
    void someone_new_gets_an_account_from_what_her_token_says() throws Exception {
        var subject = subject();
        var account = accountOf(shared(), token(claims(subject).claim("name", "Jane")));

        assertThat(account.role()).isEqualTo(Account.Role.COACH);
        assertThat(account.name()).isEqualTo("Jane");
        assertThat(accountOf(shared(), token(claims(subject))).id()).isEqualTo(account.id());
    }

    @Test
    void once_there_the_database_knows_better_than_the_token() throws Exception {
        var subject = subject();
        var account = accountOf(shared(), token(claims(subject)));

        var later = accountOf(
                shared(), token(claims(subject).claim("role", "admin").claim("permissions", List.of("super_admin"))));

        assertThat(later).isEqualTo(account);
    }

    @Test
    void permissions_come_as_a_list_or_as_one_text_and_for_admins_only() throws Exception {
        for (var permissions : new Object[] {List.of("whatsapp_management", "x"), "whatsapp_management x"}) {
            var claims = claims(subject()).claim("role", "ADMIN").claim("permissions", permissions);
            assertThat(accountOf(shared(), token(claims)).permissions())
                    .containsExactlyInAnyOrder("whatsapp_management", "x");
        }
        assertThat(accountOf(shared(), token(claims(subject()).claim("permissions", "super_admin")))
                        .permissions())
                .isEmpty();
    }

    @Test
    void a_role_we_do_not_know_is_nobody_here() throws Exception {
        var token = token(claims(subject()).claim("role", "customer"));

        assertThatThrownBy(() -> verify(shared(), token))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("FORBIDDEN"));
    }

    @Test
    void an_address_somebody_has_already_leads_to_no_account_of_hers() throws Exception {
        var jane = coach();

        var stranger = accountOf(shared(), token(claims(subject()).claim("email", jane.email())));

        assertThat(stranger.id()).isNotEqualTo(jane.id());
        assertThat(stranger.email()).isNull();
    }

    @Test
    void wrong_issuer_audience_time_or_secret_is_refused() throws Exception {
        var hour = Duration.ofHours(1);
        for (var claims : List.of(
                claims(subject()).issuer("somebody"),
                claims(subject()).audience("somebody"),
                claims(subject()).expirationTime(null),
                claims(subject()).expirationTime(Date.from(clock.instant().minus(hour))),
                claims(subject()).notBeforeTime(Date.from(clock.instant().plus(hour))),
                claims(" "))) {
            assertThat(verify(shared(), token(claims))).as("%s", claims.build()).isEmpty();
        }
        var forged = sign(new JWSHeader(JWSAlgorithm.HS256), claims(subject()), new MACSigner("x".repeat(32)));
        assertThat(verify(shared(), forged)).isEmpty();
    }

    @Test
    void published_keys_verify_rsa_and_elliptic_signatures() throws Exception {
        var rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        var ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        publish(rsa, ec);
        var platform = published();

        assertThat(verify(platform, sign(header(JWSAlgorithm.RS256, "r"), claims(subject()), new RSASSASigner(rsa))))
                .isPresent();
        assertThat(verify(platform, sign(header(JWSAlgorithm.ES256, "e"), claims(subject()), new ECDSASigner(ec))))
                .isPresent();
        assertThat(verify(platform, sign(header(JWSAlgorithm.RS512, "r"), claims(subject()), new RSASSASigner(rsa))))
                .isEmpty();
        assertThat(verify(platform, sign(header(JWSAlgorithm.RS256, "e"), claims(subject()), new RSASSASigner(rsa))))
                .isEmpty();
        assertThat(reads).hasValue(1);
    }

    @Test
    void a_published_key_is_no_shared_secret() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        publish(rsa);

        for (var bytes : List.of(
                rsa.toRSAPublicKey().getEncoded(),
                rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                rsa.getModulus().decode())) {
            var forged = sign(header(JWSAlgorithm.HS256, "r"), claims(subject()), new MACSigner(bytes));
            assertThat(verify(published(), forged)).isEmpty();
        }
    }

    @Test
    void unknown_names_make_one_read_a_minute_and_a_rotated_key_is_found_after_it() throws Exception {
        var before = new RSAKeyGenerator(2048).keyID("before").generate();
        var after = new RSAKeyGenerator(2048).keyID("after").generate();
        publish(before);
        var platform = published();
        var token = sign(header(JWSAlgorithm.RS256, "after"), claims(subject()), new RSASSASigner(after));
        for (var i = 0; i < 20; i++) {
            assertThat(verify(platform, token)).isEmpty();
        }
        assertThat(reads).hasValue(1);

        publish(before, after);
        clock.advance(Duration.ofSeconds(61));

        var next = sign(header(JWSAlgorithm.RS256, "after"), claims(subject()), new RSASSASigner(after));
        assertThat(verify(platform, next)).isPresent();
        assertThat(reads).hasValue(2);
    }

    @Test
    void keys_that_cannot_be_read_let_nobody_in() throws Exception {
        var rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        var token = sign(header(JWSAlgorithm.RS256, "r"), claims(subject()), new RSASSASigner(rsa));
        for (var answer : List.of("not json", "[]", "x".repeat(300_000))) {
            published = answer;
            assertThatThrownBy(() -> verify(published(), token))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.status().value()).isEqualTo(503));
        }
    }

    @Test
    void half_a_configuration_stops_the_start() {
        var jwks = URI.create("https://platform.test/keys");
        for (var platform : List.of(
                platform(SECRET, null, null, "us"),
                platform(SECRET, null, "platform", null),
                platform(SECRET, jwks, "platform", "us"),
                platform("short", null, "platform", "us"),
                platform(SECRET, null, "funnelseye-messaging", "us"),
                platform(null, URI.create("http://platform.test/keys"), "platform", "us"))) {
            assertThatThrownBy(() -> tokens(platform))
                    .as("%s", platform)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("messaging.auth.platform");
        }
    }

    private PlatformTokens shared() {
        return tokens(platform(SECRET, null, "platform", "us"));
    }

    private PlatformTokens published() {
        var uri = URI.create("http://127.0.0.1:" + keys.getAddress().getPort() + "/keys");
        return tokens(platform(null, uri, "platform", "us"));
    }

    private PlatformTokens tokens(AuthSettings.Platform platform) {
        var settings = new AuthSettings(
                List.of(),
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                "funnelseye-messaging",
                "funnelseye-messaging-api",
                platform);
        return new PlatformTokens(settings, new PlatformAccounts(settings, repository, accounts), clock);
    }

    private static AuthSettings.Platform platform(
            @Nullable String secret, @Nullable URI jwks, @Nullable String issuer, @Nullable String audience) {
        return new AuthSettings.Platform(secret, jwks, issuer, audience, "sub", "role", "permissions", "name", "email");
    }

    private void publish(JWK... published) {
        this.published = new JWKSet(List.of(published)).toPublicJWKSet().toString();
    }

    private Account accountOf(PlatformTokens platform, String token) {
        var claims = verify(platform, token).orElseThrow();
        return repository.named(claims.account()).orElseThrow();
    }

    private static Optional<PlatformTokens.Claims> verify(PlatformTokens platform, String token) {
        return StrictJwt.parse(token).flatMap(platform::verify);
    }

    private JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .issuer("platform")
                .audience("us")
                .subject(subject)
                .claim("role", "coach")
                .expirationTime(Date.from(clock.instant().plusSeconds(60)));
    }

    private static String token(JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(new JWSHeader(JWSAlgorithm.HS256), claims, new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sign(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(header, claims.build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String kid) {
        return new JWSHeader.Builder(algorithm).keyID(kid).build();
    }

    private static String subject() {
        return "user-" + UUID.randomUUID();
    }

    @SuppressWarnings("NullAway")
    private static HttpServer none() {
        return null;
    }
}
