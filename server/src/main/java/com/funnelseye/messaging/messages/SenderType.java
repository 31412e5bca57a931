package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller;

/// Who wrote a message.
public enum SenderType {
    COACH,
    ADMIN,
    AUTOMATION,
    LEAD;

    public static SenderType of(Caller caller) {
        return switch (caller) {
            case Caller.Coach _ -> COACH;
            case Caller.Admin _ -> ADMIN;
        };
    }
}
