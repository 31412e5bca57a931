package com.funnelseye.messaging.whatsapp;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One message to be sent, as WhatsApp needs to know it.
///
/// @param attemptId travels as `biz_opaque_callback_data`, so that a webhook can name the attempt before we know its
/// wamid
/// @param to E.164 phone number
/// @param replyTo wamid of the quoted message
public record Outgoing(
        UUID attemptId,
        String to,
        Content content,
        @Nullable String replyTo) {

    public sealed interface Content {}

    /// 1 to 4096 characters.
    public record Text(String body) implements Content {}

    /// WhatsApp fetches `link` itself. Captions have up to 1024 characters.
    public record Image(String link, @Nullable String caption) implements Content {}

    public record Video(String link, @Nullable String caption) implements Content {}

    public record Audio(String link) implements Content {}

    /// @param filename what the person sees; its ending chooses the icon
    public record Document(
            String link, @Nullable String caption, @Nullable String filename) implements Content {}
}
