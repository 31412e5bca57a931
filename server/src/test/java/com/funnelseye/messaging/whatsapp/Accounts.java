package com.funnelseye.messaging.whatsapp;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Accounts for tests that need no sandbox.
final class Accounts {

    static final String NUMBER = "100000000000001";
    static final String SECRET = "the app's secret";
    static final String PREVIOUS_SECRET = "the secret before";

    private Accounts() {}

    static WhatsAppAccount at(String baseUrl) {
        return WhatsAppAccount.of(properties(baseUrl, "the-token"));
    }

    static WhatsAppProperties properties(String baseUrl, @Nullable String accessToken) {
        return new WhatsAppProperties(
                URI.create(baseUrl),
                "v25.0",
                NUMBER,
                "200000000000001",
                accessToken,
                SECRET,
                PREVIOUS_SECRET,
                "the verify token",
                1);
    }
}
