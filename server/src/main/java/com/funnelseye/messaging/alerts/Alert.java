package com.funnelseye.messaging.alerts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something an operator should know of.
///
/// @param subject what it is about: the id of a message, the name of a rule or of a part of the system
/// @param until null while it lasts
public record Alert(
        @JsonProperty("_id") UUID id,
        Kind kind,
        String subject,
        String details,
        Instant since,
        @Nullable Instant until) {

    public enum Kind {
        /// A send whose outcome nobody knows for too long; subject: the message.
        UNCONFIRMED,
        /// The business number is stopped; subject: its id.
        CHANNEL_STOPPED,
        /// Rows contradict each other; subject: the rule.
        INVARIANT_BROKEN,
        /// Messages wait although it is their time.
        SENDING_LATE,
        /// Messages are accepted and nothing is reported of any.
        WEBHOOKS_SILENT,
        /// Events that could not be applied wait for an operator.
        DEAD_LETTERS,
        /// A signed report names an attempt of another business number.
        FOREIGN_REPORT,
        /// Nothing is sent until an operator says so.
        SENDING_HELD,
        /// WhatsApp limits the business number because people report it; subject: WhatsApp's code.
        SPAM_REPORTED
    }
}
