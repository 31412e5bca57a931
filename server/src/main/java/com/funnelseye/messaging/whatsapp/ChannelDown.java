package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.http.Refusal;
import java.util.Map;
import org.springframework.http.HttpStatus;

/// The business number is stopped: nothing was accepted and nothing charged.
public final class ChannelDown extends Refusal {

    public ChannelDown(int code, String title) {
        super(
                HttpStatus.SERVICE_UNAVAILABLE,
                "CHANNEL_DOWN",
                "Failed to send message",
                "WhatsApp API error: " + title,
                Map.of("whatsapp", Map.of("code", code, "title", title)));
    }
}
