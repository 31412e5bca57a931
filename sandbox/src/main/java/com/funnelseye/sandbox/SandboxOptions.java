package com.funnelseye.sandbox;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/// What a sandbox is told at its start. The secrets of [#demo] are public knowledge and protect nothing.
///
/// @param port 0 takes any free one
/// @param displayPhoneNumber of the business, as a person reads it
/// @param seed the same seed gives the same wamids: good for a test, wrong beside a database that outlives the sandbox
/// @param webhookTimeout how long the receiver may take to answer one webhook
public record SandboxOptions(
        int port,
        String bindAddress,
        String phoneNumberId,
        String businessAccountId,
        String displayPhoneNumber,
        String verifiedName,
        String accessToken,
        String appSecret,
        String verifyToken,
        StatusTiming timing,
        Clock clock,
        long seed,
        Duration webhookTimeout) {

    public static final int DEMO_PORT = 5001;

    public SandboxOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("The port must be 0 to 65535, not " + port);
        }
        requireDigits("phone number id", phoneNumberId);
        requireDigits("business account id", businessAccountId);
        requireDigits("display phone number", PhoneNumber.digitsOf(displayPhoneNumber));
        if (phoneNumberId.equals(businessAccountId)) {
            throw new IllegalArgumentException("The phone number id and the business account id must differ");
        }
        if (accessToken.isBlank() || appSecret.isBlank() || verifyToken.isBlank()) {
            throw new IllegalArgumentException("Access token, app secret and verify token must not be blank");
        }
        if (!webhookTimeout.isPositive()) {
            throw new IllegalArgumentException("The webhook timeout must be positive");
        }
    }

    /// The documented defaults, with wamids that no earlier run has used.
    public static SandboxOptions demo() {
        return new SandboxOptions(
                DEMO_PORT,
                "127.0.0.1",
                "100000000005001",
                "200000000005001",
                "+1 650 555 0199",
                "Sandbox Coaching",
                "EAAsandboxAccessTokenPublicKnowledge",
                "5a4db0c5a4db0c5a4db0c5a4db0c5a4d",
                "sandbox-verify-token",
                StatusTiming.natural(),
                Clock.systemUTC(),
                new SecureRandom().nextLong(),
                Duration.ofSeconds(10));
    }

    public SandboxOptions withPort(int port) {
        return copy(port, bindAddress, timing, clock, seed, webhookTimeout);
    }

    /// Anything but loopback lets the network read and write the customers' phones.
    public SandboxOptions withBindAddress(String bindAddress) {
        return copy(port, bindAddress, timing, clock, seed, webhookTimeout);
    }

    public SandboxOptions withTiming(StatusTiming timing) {
        return copy(port, bindAddress, timing, clock, seed, webhookTimeout);
    }

    public SandboxOptions withClock(Clock clock) {
        return copy(port, bindAddress, timing, clock, seed, webhookTimeout);
    }

    public SandboxOptions withSeed(long seed) {
        return copy(port, bindAddress, timing, clock, seed, webhookTimeout);
    }

    public SandboxOptions withWebhookTimeout(Duration webhookTimeout) {
        return copy(port, bindAddress, timing, clock, seed, webhookTimeout);
    }

    public SandboxOptions withAccount(
            String phoneNumberId, String businessAccountId, String displayPhoneNumber, String verifiedName) {
        return new SandboxOptions(
                port,
                bindAddress,
                phoneNumberId,
                businessAccountId,
                displayPhoneNumber,
                verifiedName,
                accessToken,
                appSecret,
                verifyToken,
                timing,
                clock,
                seed,
                webhookTimeout);
    }

    public SandboxOptions withSecrets(String accessToken, String appSecret, String verifyToken) {
        return new SandboxOptions(
                port,
                bindAddress,
                phoneNumberId,
                businessAccountId,
                displayPhoneNumber,
                verifiedName,
                accessToken,
                appSecret,
                verifyToken,
                timing,
                clock,
                seed,
                webhookTimeout);
    }

    /// The business's own number as webhooks carry it.
    String businessDigits() {
        return PhoneNumber.digitsOf(displayPhoneNumber);
    }

    private SandboxOptions copy(
            int port, String bindAddress, StatusTiming timing, Clock clock, long seed, Duration webhookTimeout) {
        return new SandboxOptions(
                port,
                bindAddress,
                phoneNumberId,
                businessAccountId,
                displayPhoneNumber,
                verifiedName,
                accessToken,
                appSecret,
                verifyToken,
                timing,
                clock,
                seed,
                webhookTimeout);
    }

    private static void requireDigits(String name, String value) {
        if (!value.matches("[0-9]{1,20}")) {
            throw new IllegalArgumentException("The " + name + " must be digits, not '" + value + "'");
        }
    }
}
