package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

final class EmailTaken extends Refusal {

    EmailTaken() {
        super(HttpStatus.CONFLICT, "EMAIL_TAKEN", "Email is already in use", "Conflict");
    }
}
