package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// WhatsApp refused the message. The message stays in the thread as failed, its credit is available again.
final class SendFailed extends Refusal {

    record WhatsAppCode(String code, String title) {}

    record Failed(UUID messageId, WhatsAppCode whatsapp) {}

    /// Codes that blame the request: number, parameters, media, template, window. All others are not the caller's
    /// doing.
    private static final Set<String> FROM_THE_REQUEST = Set.of(
            "100",
            "131008",
            "131009",
            "131021",
            "131026",
            "131030",
            "131047",
            "131050",
            "131051",
            "131052",
            "131053",
            "132000",
            "132001",
            "132005",
            "132007",
            "132008",
            "132012",
            "132015",
            "132016",
            "132018",
            "WINDOW_CLOSED");

    SendFailed(UUID messageId, Message.@Nullable ShownFailure failure) {
        var known = failure == null ? new Message.ShownFailure("0", "Unknown error", "", false, null) : failure;
        super(
                FROM_THE_REQUEST.contains(known.code()) ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR,
                "SEND_FAILED",
                "Failed to send message",
                "WhatsApp API error: " + known.title(),
                new Failed(messageId, new WhatsAppCode(known.code(), known.title())));
    }
}
