package com.funnelseye.messaging.whatsapp;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something a signed webhook told us.
///
/// `id` is ours, of the stored event.
public sealed interface WhatsAppEvent {

    UUID id();

    /// A message of ours moved on.
    ///
    /// @param status `sent`, `delivered`, `read`, `failed`, `played` or a word Meta invents later
    /// @param at Meta's own time, in whole seconds
    /// @param attemptId from `biz_opaque_callback_data`, null when absent or not ours
    record StatusReported(
            UUID id,
            String phoneNumberId,
            String wamid,
            String status,
            Instant at,
            @Nullable UUID attemptId,
            @Nullable String waId,
            @Nullable GraphError error)
            implements WhatsAppEvent {}

    /// A customer wrote.
    ///
    /// @param from digits as Meta writes them, null for people without a phone number
    /// @param userId business-scoped user id
    /// @param type Meta's own word for the kind of message
    /// @param text what to show: body, caption or button title, null when there is none
    /// @param quoted wamid this message replies to
    /// @param raw Meta's JSON of the message
    record MessageReceived(
            UUID id,
            String phoneNumberId,
            String businessPhone,
            String wamid,
            @Nullable String from,
            @Nullable String userId,
            @Nullable String profileName,
            String type,
            @Nullable String text,
            @Nullable String quoted,
            Instant at,
            String raw)
            implements WhatsAppEvent {}

    /// A person chose in WhatsApp's own settings whether this business may send marketing.
    ///
    /// @param from digits as Meta writes them, null for people without a phone number
    /// @param userId business-scoped user id
    record PreferenceChosen(
            UUID id, @Nullable String from, @Nullable String userId, boolean optedOut, Instant at)
            implements WhatsAppEvent {}
}
