package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// Whoever knows a one-time password may do nothing with it but choose her own.
final class PasswordChangeRequired extends Refusal {

    PasswordChangeRequired() {
        super(HttpStatus.FORBIDDEN, "PASSWORD_CHANGE_REQUIRED", "Choose your own password first.", "Forbidden");
    }
}
