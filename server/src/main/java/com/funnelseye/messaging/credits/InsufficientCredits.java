package com.funnelseye.messaging.credits;

import com.funnelseye.messaging.http.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// 402, as the specification samples it.
public final class InsufficientCredits extends Refusal {

    record Shortage(long balance, long required, String suggestion) {}

    private static final String SUGGESTION = "Please purchase more credits to continue sending messages";

    /// @param purchaseUrl where to buy, null if nowhere
    InsufficientCredits(String sentence, long balance, long required, @Nullable String purchaseUrl) {
        super(
                HttpStatus.PAYMENT_REQUIRED,
                "INSUFFICIENT_CREDITS",
                sentence,
                "Payment required",
                new Shortage(balance, required, purchaseUrl == null ? SUGGESTION : SUGGESTION + ": " + purchaseUrl));
    }
}
