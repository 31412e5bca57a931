package com.funnelseye.messaging.messages;

import java.time.Instant;
import java.util.UUID;

/// Something that moves an outbound message.
sealed interface Happening {

    /// WhatsApp holds it: its answer said so, or a signed webhook named the attempt.
    record Accepted(String wamid, Instant at) implements Happening {}

    /// The attempt is proven unsent, or WhatsApp said "later".
    record Postponed(UUID attemptId, Instant at) implements Happening {}

    record Rejected(UUID attemptId, Instant at, Failure why) implements Happening {}

    /// Somebody took it back. Only what still waits can be: once begun it may be with WhatsApp.
    record Cancelled() implements Happening {}

    /// Nobody knows whether the attempt was sent: its answer was not read, or its lease ran out.
    record LostSight(UUID attemptId) implements Happening {}

    /// An operator ordered one more attempt, knowing that the message may then arrive twice.
    record Resent() implements Happening {}

    /// Nobody waits any longer for word of the attempt.
    record Abandoned(Instant at) implements Happening {}

    record Delivered(Instant at) implements Happening {}

    record Read(Instant at) implements Happening {}

    /// WhatsApp accepted it and could not bring it to the person.
    record FailedLater(Instant at, Failure why) implements Happening {}
}
