package com.funnelseye.messaging.setup;

/// Which kind of installation this server belongs to. The database remembers it: a demo never talks to Meta, and real
/// data is never served with demo accounts.
public enum Installation {
    /// No WhatsApp account: the built-in sandbox, seeded people, loopback only.
    DEMO,
    /// A configured WhatsApp account, or the `production` profile.
    REAL;

    public boolean isDemo() {
        return this == DEMO;
    }
}
