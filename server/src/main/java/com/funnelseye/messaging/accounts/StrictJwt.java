package com.funnelseye.messaging.accounts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A signed token whose form leaves nothing to interpretation: short, canonical, and with a header that cannot name a
/// key of the sender's choosing. Nothing in it is true before [#verifiedBy].
record StrictJwt(SignedJWT jwt) {

    /// Tomcat refuses longer headers anyway; this holds for tokens that come another way.
    private static final int MAX_LENGTH = 8 * 1024;

    private static final Pattern THREE_PARTS = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Set<String> KEYS_OF_THE_SENDER = Set.of("jku", "jwk", "x5u", "x5c", "crit", "b64", "zip");

    static Optional<StrictJwt> parse(String token) {
        if (token.length() > MAX_LENGTH || !THREE_PARTS.matcher(token).matches()) {
            return Optional.empty();
        }
        try {
            var jwt = SignedJWT.parse(token);
            var chosen = jwt.getHeader().getIncludedParams().stream().anyMatch(KEYS_OF_THE_SENDER::contains);
            return chosen || !isCanonical(jwt) ? Optional.empty() : Optional.of(new StrictJwt(jwt));
        } catch (ParseException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /// The last character of base64 has bits that mean nothing; a token in which they differ is not the one we signed.
    private static boolean isCanonical(SignedJWT jwt) {
        var signature = jwt.getSignature();
        return com.nimbusds.jose.util.Base64URL.encode(signature.decode()).equals(signature);
    }

    String algorithm() {
        return jwt.getHeader().getAlgorithm().getName();
    }

    @Nullable
    String kid() {
        return jwt.getHeader().getKeyID();
    }

    /// Who claims to have made it; good for choosing a key, and for nothing else.
    Optional<String> claimedIssuer() {
        try {
            return Optional.ofNullable(jwt.getJWTClaimsSet().getIssuer());
        } catch (ParseException malformed) {
            return Optional.empty();
        }
    }

    /// Its claims, if the signature, issuer, audience and times are right. A token without an end is refused.
    ///
    /// @param leeway how far ahead the clock of another system may be
    Optional<JWTClaimsSet> verifiedBy(
            JWSVerifier verifier, String issuer, String audience, Instant now, Duration leeway) {
        try {
            if (!jwt.verify(verifier)) {
                return Optional.empty();
            }
            var claims = jwt.getJWTClaimsSet();
            var good = issuer.equals(claims.getIssuer())
                    && claims.getAudience().contains(audience)
                    && endsAfter(claims.getExpirationTime(), now)
                    && beginsBy(claims.getNotBeforeTime(), now.plus(leeway));
            return good ? Optional.of(claims) : Optional.empty();
        } catch (JOSEException | ParseException | IllegalStateException unusable) {
            return Optional.empty();
        }
    }

    private static boolean endsAfter(@Nullable Date end, Instant now) {
        return end != null && end.toInstant().isAfter(now);
    }

    private static boolean beginsBy(@Nullable Date begin, Instant now) {
        return begin == null || !begin.toInstant().isAfter(now);
    }
}
