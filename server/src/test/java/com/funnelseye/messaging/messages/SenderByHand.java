package com.funnelseye.messaging.messages;

import org.springframework.stereotype.Component;

/// Lets tests of other features wait for the sends they set off.
@Component
public class SenderByHand {

    private final Sender sender;

    SenderByHand(Sender sender) {
        this.sender = sender;
    }

    public void awaitIdle() {
        sender.awaitIdle();
    }
}
