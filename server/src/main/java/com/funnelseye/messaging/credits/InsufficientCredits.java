package com.funnelseye.messaging.credits;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// 402, as the specification samples it.
public final class InsufficientCredits extends Refusal {

    record Shortage(long balance, long required, String suggestion) {}

    InsufficientCredits(String sentence, long balance, long required) {
        super(
                HttpStatus.PAYMENT_REQUIRED,
                "INSUFFICIENT_CREDITS",
                sentence,
                "Payment required",
                new Shortage(balance, required, "Please purchase more credits to continue sending messages"));
    }
}
