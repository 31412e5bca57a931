package com.funnelseye.messaging.whatsapp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of one call to `POST /{phone-number-id}/messages`. Only [Ambiguous] may or may not have been sent.
public sealed interface SendResult {

    /// WhatsApp took it. `waId` is WhatsApp's own id of the recipient, in digits, when it said so.
    record Accepted(String wamid, @Nullable String waId) implements SendResult {}

    /// Proven unsent: no connection, or the send was given up before its first byte.
    record NotSent(String cause) implements SendResult {}

    /// Refused for now; the same message may be tried again later.
    ///
    /// @param pause how long WhatsApp itself asks to wait, null when it did not say
    record Later(GraphError error, Reason reason, @Nullable Duration pause) implements SendResult {}

    /// This template is paused, disabled or unknown: its messages wait or fail, others are not concerned.
    record Held(GraphError error) implements SendResult {}

    /// Refused for good, because of this message or this recipient.
    record Rejected(GraphError error) implements SendResult {}

    /// Refused because of our account: nothing gets through until an operator acts.
    record ChannelDown(GraphError error) implements SendResult {}

    /// It may have been accepted: never sent again by a timer.
    record Ambiguous(String cause, @Nullable GraphError error) implements SendResult {}

    /// Why a message has to wait, and so what else has to wait with it.
    enum Reason {
        /// WhatsApp is down or in maintenance.
        OUTAGE,
        /// Our quota of calls is used up.
        QUOTA,
        /// The business number sends more a second than it may: slow down.
        THROUGHPUT,
        /// Too many messages to this one person; everybody else may go on.
        PAIR,
        /// People report the business number as spam: bulks pause, single replies go on slowly.
        SPAM
    }
}
