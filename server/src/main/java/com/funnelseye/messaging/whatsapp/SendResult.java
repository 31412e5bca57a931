package com.funnelseye.messaging.whatsapp;

import org.jspecify.annotations.Nullable;

/// What came of one call to `POST /{phone-number-id}/messages`. Only [Ambiguous] may or may not have been sent.
public sealed interface SendResult {

    /// WhatsApp took it. `waId` is WhatsApp's own id of the recipient, in digits, when it said so.
    record Accepted(String wamid, @Nullable String waId) implements SendResult {}

    /// Proven unsent: no connection, or the send was given up before its first byte.
    record NotSent(String cause) implements SendResult {}

    /// Refused for now; the same message may be tried again later.
    record Later(GraphError error) implements SendResult {}

    /// Refused for good, because of this message or this recipient.
    record Rejected(GraphError error) implements SendResult {}

    /// Refused because of our account: nothing gets through until an operator acts.
    record ChannelDown(GraphError error) implements SendResult {}

    /// It may have been accepted: never sent again by a timer.
    record Ambiguous(String cause, @Nullable GraphError error) implements SendResult {}
}
