package com.funnelseye.messaging.messages;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One try at WhatsApp, begun: from now on the message may have been sent.
///
/// @param tries which try this is, from 1
/// @param number E.164, null for a person whose number we do not know
/// @param windowOpen whether free text may go to the person at this moment
record Attempt(
        UUID attemptId,
        UUID messageId,
        UUID contactId,
        int tries,
        MessageType type,
        @Nullable String text,
        @Nullable String number,
        @Nullable String replyToWamid,
        boolean windowOpen) {}
