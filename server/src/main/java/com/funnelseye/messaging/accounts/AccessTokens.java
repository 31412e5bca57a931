package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Ids;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.springframework.stereotype.Component;

/// Our own short-lived tokens. They say who, and never what she may do: that is the database's to say.
@Component
class AccessTokens {

    private static final String TYPE = "type";
    private static final String ACCESS = "access";
    private static final String LOGIN = "sid";

    private final AuthSettings settings;
    private final SigningKeys keys;
    private final Clock clock;

    /// What a good token says.
    record Claims(UUID account, UUID login, Instant expiresAt) {}

    AccessTokens(AuthSettings settings, SigningKeys keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    Duration life() {
        return settings.accessTokenLife();
    }

    boolean madeHere(StrictJwt token) {
        return token.claimedIssuer().filter(settings.issuer()::equals).isPresent();
    }

    String issue(UUID account, UUID login) {
        var now = clock.instant();
        var key = keys.signing();
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.kid())
                .build();
        var claims = new JWTClaimsSet.Builder()
                .issuer(settings.issuer())
                .audience(settings.audience())
                .subject(account.toString())
                .claim(TYPE, ACCESS)
                .claim(LOGIN, login.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life())))
                .build();
        try {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new MACSigner(key.secret()));
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("HS256 is always there", impossible);
        }
    }

    Optional<Claims> verify(StrictJwt token) {
        if (!token.algorithm().equals(JWSAlgorithm.HS256.getName())) {
            return Optional.empty();
        }
        return keys.named(token.kid())
                .flatMap(secret -> token.verifiedBy(
                        verifier(secret), settings.issuer(), settings.audience(), clock.instant(), Duration.ZERO))
                .flatMap(AccessTokens::read);
    }

    private static Optional<Claims> read(JWTClaimsSet claims) {
        try {
            if (!ACCESS.equals(claims.getStringClaim(TYPE))) {
                return Optional.empty();
            }
            return Optional.of(new Claims(
                    Ids.parse(claims.getSubject()),
                    Ids.parse(claims.getStringClaim(LOGIN)),
                    claims.getExpirationTime().toInstant()));
        } catch (ParseException notAnAccessToken) {
            return Optional.empty();
        }
    }

    private static MACVerifier verifier(SecretKey secret) {
        try {
            return new MACVerifier(secret);
        } catch (JOSEException tooShort) {
            throw new IllegalStateException("Secrets are checked at start-up", tooShort);
        }
    }
}
