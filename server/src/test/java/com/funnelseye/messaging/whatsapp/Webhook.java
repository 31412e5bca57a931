package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.whatsapp.WhatsAppEvent.MessageReceived;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// Webhooks as Meta writes them, for tests that look at how they are read.
final class Webhook {

    static final Instant RECEIVED = Instant.parse("2026-01-02T03:04:05Z");

    private Webhook() {}

    static List<RawEvent> split(String webhook) {
        return Envelope.split(webhook.getBytes(StandardCharsets.UTF_8));
    }

    static StatusReported status(RawEvent event) {
        return EventReader.status(new StoredEvent(event.id(), event.payload(), RECEIVED));
    }

    static MessageReceived message(RawEvent event) {
        return EventReader.message(new StoredEvent(event.id(), event.payload(), RECEIVED));
    }

    static String webhook(String events) {
        return "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[%s]}]}"
                .formatted(change(events));
    }

    static String change(String events) {
        return """
            {"field":"messages","value":{"messaging_product":"whatsapp",
             "metadata":{"display_phone_number":"15550001111","phone_number_id":"106"},%s}}\
            """.formatted(events);
    }

    static String status(String wamid, String status) {
        return "{\"id\":\"%s\",\"status\":\"%s\",\"timestamp\":\"1750030073\"}".formatted(wamid, status);
    }

    static String text(String wamid, String body) {
        return "{\"from\":\"16505550100\",\"id\":\"%s\",\"type\":\"text\",\"text\":{\"body\":\"%s\"}}"
                .formatted(wamid, body);
    }
}
