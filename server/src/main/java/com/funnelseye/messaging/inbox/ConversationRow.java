package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.conversations.Window;
import com.funnelseye.messaging.messages.Message;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation as the inbox lists it.
record ConversationRow(
        UUID contactId,
        @Nullable String contactName,
        @Nullable String contactPhone,
        Message lastMessage,
        long unreadCount,
        long totalMessages,
        Window window) {}
