package com.funnelseye.messaging;

import com.funnelseye.messaging.messages.SenderByHand;
import com.funnelseye.messaging.work.Worker;
import com.funnelseye.sandbox.Sandbox;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Makes the server's work happen when a test says so.
@Component
public class Work {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Worker> workers;
    private final SenderByHand sender;

    Work(Map<String, Worker> workers, SenderByHand sender) {
        this.workers = workers;
        this.sender = sender;
    }

    /// One pass of the named worker, without waiting for sends it sets off.
    public int pass(String worker) {
        var named = workers.get(worker);
        if (named == null) {
            throw new IllegalArgumentException(worker + " is none of " + workers.keySet());
        }
        return named.runOnce();
    }

    /// Everything that is due now is sent, and its results are recorded.
    public void send() {
        while (pass("senderWork") > 0) {
            sender.awaitIdle();
        }
        sender.awaitIdle();
    }

    /// What the sandbox has reported so far is delivered and applied.
    public void readWebhooks(Sandbox sandbox) throws InterruptedException {
        if (!sandbox.awaitIdle(PATIENCE)) {
            throw new IllegalStateException("webhooks were not delivered in time");
        }
        while (pass("statusWork") + pass("inboundWork") > 0) {
            // until nothing is left
        }
    }

    void finish() {
        sender.awaitIdle();
    }
}
