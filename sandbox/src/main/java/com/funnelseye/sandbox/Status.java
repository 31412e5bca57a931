package com.funnelseye.sandbox;

/// How far a message came, in the order of proof: an arrival outranks a failure report.
public enum Status {
    SENT,
    FAILED,
    DELIVERED,
    READ;

    /// The word on the wire.
    String word() {
        return switch (this) {
            case SENT -> "sent";
            case FAILED -> "failed";
            case DELIVERED -> "delivered";
            case READ -> "read";
        };
    }
}
