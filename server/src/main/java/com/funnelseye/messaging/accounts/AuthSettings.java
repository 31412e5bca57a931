package com.funnelseye.messaging.accounts;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param secrets the first signs, all verify: put a new one in front and drop the old one when its tokens have expired
/// @param accessTokenLife how long a token is good
/// @param refreshTokenLife how long after its last refresh a login is forgotten
/// @param platform the surrounding platform's own tokens; null when it has none
@ConfigurationProperties("messaging.auth")
record AuthSettings(
        @DefaultValue List<Secret> secrets,
        @DefaultValue("15m") Duration accessTokenLife,
        @DefaultValue("30d") Duration refreshTokenLife,
        @DefaultValue("funnelseye-messaging") String issuer,
        @DefaultValue("funnelseye-messaging-api") String audience,
        @Nullable Platform platform) {

    /// @param kid names the secret in the tokens it signs
    record Secret(String kid, String secret) {
        /// Settings are printed now and then; secrets never are.
        @Override
        public String toString() {
            return "Secret[kid=" + kid + "]";
        }
    }

    /// Either a shared `secret` (HS256) or a `jwksUri` (RS256, ES256), never both: a public key must not pass for a
    /// secret.
    record Platform(
            @Nullable String secret,
            @Nullable URI jwksUri,
            @Nullable String issuer,
            @Nullable String audience,
            @DefaultValue("sub") String idClaim,
            @DefaultValue("role") String roleClaim,
            @DefaultValue("permissions") String permissionsClaim,
            @DefaultValue("name") String nameClaim,
            @DefaultValue("email") String emailClaim) {
        @Override
        public String toString() {
            return "Platform[issuer=" + issuer + ", jwksUri=" + jwksUri + "]";
        }
    }
}
