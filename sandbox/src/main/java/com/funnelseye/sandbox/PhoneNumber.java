package com.funnelseye.sandbox;

import java.util.Optional;

/// Phone numbers as Meta's webhooks write them: the digits of E.164, without a plus.
final class PhoneNumber {

    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;

    private PhoneNumber() {}

    /// What Meta forgives in `to`: plus, brackets, dashes, spaces. Anything else makes it no phone number.
    static Optional<String> parse(String written) {
        if (!written.strip().matches("\\+?[0-9() \\-]+")) {
            return Optional.empty();
        }
        var digits = digitsOf(written);
        return digits.length() >= SHORTEST && digits.length() <= LONGEST && digits.charAt(0) != '0'
                ? Optional.of(digits)
                : Optional.empty();
    }

    static String require(String written) {
        return parse(written)
                .orElseThrow(() -> new IllegalArgumentException("'" + written + "' is not a phone number in E.164"));
    }

    static String digitsOf(String written) {
        return written.replaceAll("[^0-9]", "");
    }
}
