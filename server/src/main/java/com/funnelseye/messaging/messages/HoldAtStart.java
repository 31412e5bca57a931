package com.funnelseye.messaging.messages;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Starts a server with `messaging.sending=held` before it takes a request or begins any work.
@Component
class HoldAtStart implements SmartLifecycle {

    enum Sending {
        RUNNING,
        HELD
    }

    private final SendingHold hold;
    private final Sending sending;
    private volatile boolean running;

    HoldAtStart(SendingHold hold, @Value("${messaging.sending:running}") Sending sending) {
        this.hold = hold;
        this.sending = sending;
    }

    @Override
    public void start() {
        running = true;
        if (sending == Sending.HELD) {
            hold.begin();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Earlier than the web server and the workers, which come last.
    @Override
    public int getPhase() {
        return 0;
    }
}
