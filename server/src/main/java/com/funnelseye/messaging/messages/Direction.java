package com.funnelseye.messaging.messages;

public enum Direction {
    OUTBOUND,
    INBOUND
}
