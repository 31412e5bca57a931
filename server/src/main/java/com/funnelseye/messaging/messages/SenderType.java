package com.funnelseye.messaging.messages;

/// Who wrote a message.
public enum SenderType {
    COACH,
    ADMIN,
    AUTOMATION,
    LEAD
}
