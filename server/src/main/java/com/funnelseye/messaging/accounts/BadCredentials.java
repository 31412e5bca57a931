package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// One sentence for an unknown address and a wrong password: it tells nobody who has an account.
final class BadCredentials extends Refusal {

    BadCredentials() {
        super(HttpStatus.UNAUTHORIZED, "BAD_CREDENTIALS", "Invalid email or password", "Unauthorized");
    }
}
