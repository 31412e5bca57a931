package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// A suspended coach reads but does not send.
final class CoachSuspended extends Refusal {

    CoachSuspended() {
        super(
                HttpStatus.FORBIDDEN,
                "COACH_SUSPENDED",
                "Your account is suspended. You cannot send messages.",
                "Forbidden");
    }
}
