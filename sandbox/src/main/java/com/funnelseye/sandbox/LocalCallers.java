package com.funnelseye.sandbox;

import java.util.Set;

/// Keeps web pages of other origins from driving the sandbox through a browser on the same machine. It is no protection
/// against the network: for that the sandbox listens on loopback.
final class LocalCallers {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String bindAddress;

    LocalCallers(String bindAddress) {
        this.bindAddress = bindAddress;
    }

    boolean admit(Exchange exchange) {
        var host = exchange.header("Host");
        return host != null && knows(host) && sameOrigin(exchange, host) && sentOnPurpose(exchange);
    }

    /// A name that merely resolves to this machine is refused: that is how DNS rebinding comes in.
    private boolean knows(String host) {
        var name = host.replaceFirst(":[0-9]+$", "");
        return LOOPBACK.contains(name) || name.equals(bindAddress);
    }

    private static boolean sameOrigin(Exchange exchange, String host) {
        var origin = exchange.header("Origin");
        var site = exchange.header("Sec-Fetch-Site");
        return (origin == null || origin.equals("http://" + host))
                && (site == null || site.equals("same-origin") || site.equals("none"));
    }

    /// No form and no simple cross-site request can say application/json.
    private static boolean sentOnPurpose(Exchange exchange) {
        return switch (exchange.method()) {
            case "POST", "PUT" -> exchange.saysJson();
            default -> true;
        };
    }
}
