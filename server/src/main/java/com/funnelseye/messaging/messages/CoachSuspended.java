package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// A suspended coach reads but does not send.
public final class CoachSuspended extends Refusal {

    CoachSuspended() {
        super(
                HttpStatus.FORBIDDEN,
                "COACH_SUSPENDED",
                "Your account is suspended. You cannot send messages.",
                "Forbidden");
    }

    /// Refuses a coach who is suspended, and nobody else.
    public static void refuse(Caller caller) {
        if (caller instanceof Caller.Coach coach && coach.suspended()) {
            throw new CoachSuspended();
        }
    }
}
