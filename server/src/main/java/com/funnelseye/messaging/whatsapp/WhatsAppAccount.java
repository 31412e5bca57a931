package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.setup.CannotStart;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The account everything is sent from, checked once. Its secrets do not leave this package.
public final class WhatsAppAccount {

    private final URI root;
    private final String version;
    private final String phoneNumberId;
    private final String businessAccountId;
    private final String accessToken;
    private final String appSecret;
    private final @Nullable String previousAppSecret;
    private final String verifyToken;

    private WhatsAppAccount(WhatsAppProperties properties) {
        root = checkedRoot(properties.baseUrl());
        version = matching("version", "v\\d+\\.\\d+", properties.version());
        phoneNumberId = matching("phone-number-id", "\\d{1,30}", properties.phoneNumberId());
        businessAccountId = matching("business-account-id", "\\d{1,30}", properties.businessAccountId());
        accessToken = matching("access-token", "[\\x21-\\x7e]+", properties.accessToken());
        appSecret = matching("app-secret", ".+", properties.appSecret());
        previousAppSecret = blankIsNull(properties.previousAppSecret());
        verifyToken = matching("verify-token", ".+", properties.verifyToken());
    }

    /// @throws CannotStart naming the first property that is missing or wrong, never its value
    static WhatsAppAccount of(WhatsAppProperties properties) {
        return new WhatsAppAccount(properties);
    }

    public String phoneNumberId() {
        return phoneNumberId;
    }

    public String businessAccountId() {
        return businessAccountId;
    }

    /// The address of one of Meta's objects, for example the business number.
    URI urlOf(String path) {
        return URI.create("%s/%s/%s".formatted(root, version, path));
    }

    String version() {
        return version;
    }

    String accessToken() {
        return accessToken;
    }

    String appSecret() {
        return appSecret;
    }

    /// The secrets a webhook may be signed with, the current one first.
    List<String> webhookSecrets() {
        return Stream.of(appSecret, previousAppSecret).filter(Objects::nonNull).toList();
    }

    String verifyToken() {
        return verifyToken;
    }

    @Override
    public String toString() {
        return "WhatsAppAccount[" + phoneNumberId + "]";
    }

    private static URI checkedRoot(URI url) {
        var host = url.getHost();
        if (host == null || url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            throw new CannotStart("messaging.whatsapp.base-url must be an address such as https://graph.facebook.com.");
        }
        if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && isLoopback(host))) {
            throw new CannotStart(
                    "messaging.whatsapp.base-url must be https: the access token travels with every call.");
        }
        return URI.create(url.toString().replaceAll("/+$", ""));
    }

    /// By its spelling, never by a look-up.
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static String matching(String name, String pattern, @Nullable String value) {
        var given = blankIsNull(value);
        if (given == null) {
            throw new CannotStart(
                    "messaging.whatsapp.%s is missing: set it to use a real WhatsApp account.".formatted(name));
        }
        if (!given.matches(pattern)) {
            throw new CannotStart("messaging.whatsapp.%s has a value that cannot be right.".formatted(name));
        }
        return given;
    }

    private static @Nullable String blankIsNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
