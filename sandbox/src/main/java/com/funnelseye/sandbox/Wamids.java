package com.funnelseye.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/// Message ids in Meta's byte layout: `1C 18 <len> <phone> 15 02 00 <11|12> 18 <len> <hex id> 00`. They disclose the
/// phone number, as Meta's do.
final class Wamids {

    private static final int OUTBOUND = 0x11;
    private static final int INBOUND = 0x12;
    private static final Pattern BYTES = Pattern.compile(
            "\\x1C\\x18.([0-9]{7,15})\\x15\\x02\\x00([\\x11\\x12])\\x18.[0-9A-F]+\\x00", Pattern.DOTALL);

    /// What a wamid says about itself.
    record Decoded(String phone, boolean inbound) {}

    // Never repeats within 2^64 ids of one seed.
    private final SplittableRandom random;

    Wamids(long seed) {
        this.random = new SplittableRandom(seed);
    }

    String outbound(String phone) {
        return wamid(phone, OUTBOUND);
    }

    String inbound(String phone) {
        return wamid(phone, INBOUND);
    }

    static Optional<Decoded> decode(String wamid) {
        if (!wamid.startsWith("wamid.")) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder().decode(wamid.substring("wamid.".length()));
            var matcher = BYTES.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
            return matcher.matches()
                    ? Optional.of(new Decoded(matcher.group(1), matcher.group(2).charAt(0) == INBOUND))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private String wamid(String phone, int direction) {
        var id = "3EB0" + HexFormat.of().withUpperCase().toHexDigits(next());
        var bytes = new ByteArrayOutputStream(64);
        bytes.write(0x1C);
        write(bytes, phone);
        bytes.writeBytes(new byte[] {0x15, 0x02, 0x00, (byte) direction});
        write(bytes, id);
        bytes.write(0x00);
        return "wamid." + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static void write(ByteArrayOutputStream bytes, String ascii) {
        bytes.write(0x18);
        bytes.write(ascii.length());
        bytes.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private synchronized long next() {
        return random.nextLong();
    }
}
