package com.funnelseye.messaging.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.setup.Installation;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

class AccessTokensTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final String NEW = "q9V!x2Lw7#Zr4Tn8Bk1Mc6Hd3Jf5Gs0Pa";
    private static final String OLD = "w3Ry6!Ui9$Op2As5Df8Gh1Jk4Lz7Xc0Vb";
    private static final UUID ACCOUNT = Ids.next();
    private static final UUID LOGIN = Ids.next();

    private final AccessTokens tokens = tokens(secret("new", NEW), secret("old", OLD));

    @Test
    void a_token_names_the_account_and_the_login_and_ends() {
        var claims = verify(tokens.issue(ACCOUNT, LOGIN)).orElseThrow();

        assertThat(claims).isEqualTo(new AccessTokens.Claims(ACCOUNT, LOGIN, NOW.plus(Duration.ofMinutes(15))));
    }

    @Test
    void the_first_secret_signs_and_every_secret_verifies() throws Exception {
        assertThat(SignedJWT.parse(tokens.issue(ACCOUNT, LOGIN)).getHeader().getKeyID())
                .isEqualTo("new");
        assertThat(verify(tokens(secret("old", OLD)).issue(ACCOUNT, LOGIN))).isPresent();
    }

    @Test
    void a_secret_taken_away_verifies_nothing_any_more() {
        var before = tokens(secret("gone", OLD)).issue(ACCOUNT, LOGIN);

        assertThat(verify(before)).isEmpty();
    }

    @Test
    void a_token_of_the_right_form_is_accepted_so_that_the_refusals_below_mean_something() throws Exception {
        assertThat(verify(signed(header(), good()))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    void no_spelling_of_no_signature_is_accepted(String none) {
        var header = Base64URL.encode("{\"alg\":\"%s\",\"kid\":\"new\"}".formatted(none));
        var claims = Base64URL.encode(good().build().toString());

        assertThat(verify(header + "." + claims + ".")).isEmpty();
        assertThat(verify(header + "." + claims + ".AAAA")).isEmpty();
    }

    @Test
    void a_public_key_is_no_secret() throws Exception {
        var rsa = new RSAKeyGenerator(2048).keyID("new").generate();
        var asSecret = rsa.toRSAPublicKey().getEncoded();

        assertThat(verify(sign(header(), good(), new MACSigner(asSecret)))).isEmpty();
        assertThat(verify(sign(rsaHeader(), good(), new RSASSASigner(rsa)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "../../dev/null",
                "/etc/passwd",
                "new' OR '1'='1",
                "new\u0000",
                "NEW",
                "http://evil/key"
            })
    void an_unknown_name_of_a_key_is_refused(String kid) throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(kid).build();

        assertThat(verify(signed(header, good()))).isEmpty();
    }

    @Test
    void a_token_without_a_key_name_is_refused() throws Exception {
        assertThat(verify(signed(new JWSHeader(JWSAlgorithm.HS256), good()))).isEmpty();
    }

    @Test
    void a_token_cannot_bring_its_own_key() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        var elsewhere = URI.create("https://evil.test/keys");
        for (var header : List.of(
                builder().jwkURL(elsewhere).build(),
                builder().x509CertURL(elsewhere).build(),
                builder().jwk(rsa.toPublicJWK()).build())) {
            assertThat(verify(signed(header, good()))).as("%s", header).isEmpty();
        }
    }

    @Test
    void wrong_claims_are_refused() throws Exception {
        for (Consumer<JWTClaimsSet.Builder> fault : faults()) {
            var claims = good();
            fault.accept(claims);
            assertThat(verify(signed(header(), claims)))
                    .as("%s", claims.build())
                    .isEmpty();
        }
    }

    @Test
    void a_token_that_is_cut_edited_or_no_token_is_refused() throws Exception {
        var good = signed(header(), good());
        var parts = good.split("\\.", -1);
        var edited =
                Base64URL.encode(good().subject(Ids.next().toString()).build().toString());
        var wrong = Stream.of(
                good.substring(0, good.length() - 1),
                good.substring(0, good.length() - 10),
                good + "A",
                good + "=",
                good + "\n",
                parts[0] + "." + parts[1],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + edited + "." + parts[2],
                "..",
                ".",
                "",
                "a.b.c",
                "....",
                "x".repeat(1024 * 1024),
                parts[0] + "." + "A".repeat(1024 * 1024) + "." + parts[2]);

        assertThat(wrong).allSatisfy(token -> assertThat(verify(token)).isEmpty());
    }

    /// Base64 leaves bits of the last character unused; another spelling of the same signature is no token of ours.
    @Test
    void each_token_has_one_spelling() throws Exception {
        var good = signed(header(), good());
        var others = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                .chars()
                .mapToObj(c -> good.substring(0, good.length() - 1) + (char) c)
                .filter(other -> !other.equals(good));

        assertThat(others).allSatisfy(other -> assertThat(verify(other)).isEmpty());
    }

    private static List<Consumer<JWTClaimsSet.Builder>> faults() {
        return List.of(
                claims -> claims.expirationTime(null),
                claims -> claims.expirationTime(Date.from(NOW)),
                claims -> claims.expirationTime(Date.from(NOW.minusSeconds(1))),
                claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(60))),
                claims -> claims.issuer("somebody"),
                claims -> claims.issuer(null),
                claims -> claims.audience("somebody"),
                claims -> claims.audience((String) null),
                claims -> claims.claim("type", "refresh"),
                claims -> claims.claim("type", null),
                claims -> claims.claim("type", 1));
    }

    private static JWTClaimsSet.Builder good() {
        return new JWTClaimsSet.Builder()
                .issuer("funnelseye-messaging")
                .audience("funnelseye-messaging-api")
                .subject(ACCOUNT.toString())
                .claim("type", "access")
                .claim("sid", LOGIN.toString())
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    private static JWSHeader header() {
        return builder().build();
    }

    private static JWSHeader rsaHeader() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("new").build();
    }

    private static JWSHeader.Builder builder() {
        return new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("new");
    }

    private static String signed(JWSHeader header, JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(header, claims, new MACSigner(NEW.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sign(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(header, claims.build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private Optional<AccessTokens.Claims> verify(String token) {
        return StrictJwt.parse(token).filter(tokens::madeHere).flatMap(tokens::verify);
    }

    private static AuthSettings.Secret secret(String kid, String secret) {
        return new AuthSettings.Secret(kid, secret);
    }

    private static AccessTokens tokens(AuthSettings.Secret... secrets) {
        var settings = new AuthSettings(
                List.of(secrets),
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                "funnelseye-messaging",
                "funnelseye-messaging-api",
                null);
        var nowhere = JdbcClient.create(new SimpleDriverDataSource());
        return new AccessTokens(
                settings, new SigningKeys(settings, Installation.REAL, nowhere), Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
