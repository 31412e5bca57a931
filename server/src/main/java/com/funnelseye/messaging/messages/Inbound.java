package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.conversations.Routing.Reason;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message a customer wrote, with the contact whose thread it belongs to.
///
/// @param person key of whoever wrote, by the number it came from
/// @param businessPhone the number it was written to, E.164
/// @param quoted wamid of the message it replies to
/// @param at WhatsApp's own time
/// @param routedBy why this contact's coach got it
/// @param raw WhatsApp's JSON of it
public record Inbound(
        UUID contactId,
        @Nullable UUID coachId,
        String person,
        MessageType type,
        @Nullable String text,
        @Nullable String businessPhone,
        String phoneNumberId,
        String wamid,
        @Nullable String quoted,
        Instant at,
        Reason routedBy,
        String raw) {}
