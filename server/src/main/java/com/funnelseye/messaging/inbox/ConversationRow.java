package com.funnelseye.messaging.inbox;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.funnelseye.messaging.conversations.Window;
import com.funnelseye.messaging.messages.Message;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation as the inbox lists it.
///
/// @param ownership only for admins
record ConversationRow(
        UUID contactId,
        @Nullable String contactName,
        @Nullable String contactPhone,
        Message lastMessage,
        long unreadCount,
        long totalMessages,
        Window window,
        boolean archived,
        @JsonUnwrapped @Nullable Ownership ownership) {}
