package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.setup.CannotStart;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tokens of the surrounding platform. How they are signed is fixed by configuration, never by the token: so a public
/// key cannot pass for a shared secret.
@Component
class PlatformTokens {

    private static final String PROPERTY = "messaging.auth.platform";
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private final @Nullable Trust trust;
    private final PlatformAccounts accounts;
    private final Clock clock;

    /// What a good token says, and which account it stands for.
    record Claims(UUID account, Instant expiresAt) {}

    private record Trust(String issuer, String audience, Signatures signatures) {}

    /// Finds what a token's signature is checked with.
    interface Signatures {
        Optional<JWSVerifier> verifierFor(StrictJwt token);
    }

    PlatformTokens(AuthSettings settings, PlatformAccounts accounts, Clock clock) {
        this.trust = trustOf(settings, clock);
        this.accounts = accounts;
        this.clock = clock;
    }

    Optional<Claims> verify(StrictJwt token) {
        if (trust == null
                || !token.claimedIssuer().filter(trust.issuer()::equals).isPresent()) {
            return Optional.empty();
        }
        return trust.signatures()
                .verifierFor(token)
                .flatMap(verifier ->
                        token.verifiedBy(verifier, trust.issuer(), trust.audience(), clock.instant(), LEEWAY))
                .flatMap(this::read);
    }

    private Optional<Claims> read(JWTClaimsSet claims) {
        return accounts.of(claims)
                .map(account -> new Claims(account, claims.getExpirationTime().toInstant()));
    }

    private static @Nullable Trust trustOf(AuthSettings settings, Clock clock) {
        var platform = settings.platform();
        if (platform == null || (isUnset(platform.secret()) && platform.jwksUri() == null)) {
            return null;
        }
        var issuer = required(".issuer", platform.issuer());
        if (issuer.equals(settings.issuer())) {
            throw new CannotStart(PROPERTY + ".issuer must differ from messaging.auth.issuer");
        }
        return new Trust(issuer, required(".audience", platform.audience()), signaturesOf(platform, clock));
    }

    private static Signatures signaturesOf(AuthSettings.Platform platform, Clock clock) {
        var secret = platform.secret();
        if (secret == null || secret.isBlank()) {
            return PlatformKeys.of(PROPERTY + ".jwks-uri", platform.jwksUri(), clock);
        }
        if (platform.jwksUri() != null) {
            throw new CannotStart("Set either " + PROPERTY + ".secret or " + PROPERTY + ".jwks-uri, not both");
        }
        var key = SigningKeys.strong(PROPERTY + ".secret", secret);
        return token -> token.algorithm().equals("HS256") ? Optional.of(shared(key)) : Optional.empty();
    }

    private static JWSVerifier shared(javax.crypto.SecretKey key) {
        try {
            return new MACVerifier(key);
        } catch (JOSEException tooShort) {
            throw new IllegalStateException("Secrets are checked at start-up", tooShort);
        }
    }

    private static String required(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new CannotStart(PROPERTY + name + " must be set when the platform's tokens are accepted");
        }
        return value;
    }

    private static boolean isUnset(@Nullable String value) {
        return value == null || value.isBlank();
    }
}
