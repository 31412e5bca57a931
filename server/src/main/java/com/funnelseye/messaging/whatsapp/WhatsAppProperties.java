package com.funnelseye.messaging.whatsapp;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The business number's account at Meta, as an operator configures it. A demo needs none of it.
///
/// @param previousAppSecret still accepted in webhooks while the app secret is being rotated
/// @param maxConnections calls to WhatsApp at the same time; more of them wait for a connection
@ConfigurationProperties("messaging.whatsapp")
record WhatsAppProperties(
        @DefaultValue("https://graph.facebook.com") URI baseUrl,
        @DefaultValue("v25.0") String version,
        @Nullable String phoneNumberId,
        @Nullable String businessAccountId,
        @Nullable String accessToken,
        @Nullable String appSecret,
        @Nullable String previousAppSecret,
        @Nullable String verifyToken,
        @DefaultValue("64") int maxConnections) {

    /// Says nothing: what is in here must not reach a log.
    @Override
    public String toString() {
        return "WhatsAppProperties[" + baseUrl + "]";
    }
}
