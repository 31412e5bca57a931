package com.funnelseye.messaging.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The arithmetic of the chain: each hash binds an entry to all that came before it.
final class Chain {

    /// What the first entry follows: 32 zero bytes. Hashes are in hexadecimal digits.
    static final String ORIGIN = "0".repeat(64);

    private static final HexFormat HEX = HexFormat.of();

    private Chain() {}

    static String link(String previous, String content) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(HEX.parseHex(previous));
            return HEX.formatHex(sha256.digest(content.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
