package com.funnelseye.messaging.whatsapp;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Whether a webhook comes from Meta: `X-Hub-Signature-256` over the bytes as they came. Meta signs what it sent, with
/// its own escapes; JSON that was read and written again is another text.
@Component
class Signature {

    private static final String SCHEME = "sha256=";
    private static final int HEX_DIGITS = 64;

    private final WhatsAppAccount account;

    Signature(WhatsAppAccount account) {
        this.account = account;
    }

    boolean isValid(@Nullable String header, byte[] body) {
        if (header == null || !header.matches(SCHEME + "[0-9a-fA-F]{" + HEX_DIGITS + "}")) {
            return false;
        }
        var claimed = HexFormat.of().parseHex(header, SCHEME.length(), header.length());
        return account.webhookSecrets().stream()
                .anyMatch(secret -> MessageDigest.isEqual(Hmac.of(secret, body), claimed));
    }
}
