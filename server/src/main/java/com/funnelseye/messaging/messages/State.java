package com.funnelseye.messaging.messages;

/// Where an outbound message stands. The first three are open: its credit is reserved and it has an outbox row.
enum State {
    /// Waits for its time, nothing is under way.
    QUEUED,
    /// Committed before the first byte went out.
    SENDING,
    /// It may or may not have been sent. No timer ever sends it again; a webhook or an operator decides.
    UNKNOWN,
    /// WhatsApp took it: a wamid is held.
    ACCEPTED,
    FAILED,
    CANCELLED,
    /// Given up by an operator or after too long in UNKNOWN.
    ABANDONED;

    boolean isOpen() {
        return compareTo(ACCEPTED) < 0;
    }
}
