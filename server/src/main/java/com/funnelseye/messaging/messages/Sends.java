package com.funnelseye.messaging.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.accounts.Limits;
import com.funnelseye.messaging.credits.Credits;
import com.funnelseye.messaging.http.IdempotencyKey;
import com.funnelseye.messaging.http.Reply;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/// Sends that somebody waits for: accept, carry to WhatsApp at once, and answer with what is known by then.
/// Should this thread or server die on the way, the message is in the outbox and [Sender] goes on with it.
@Service
public class Sends {

    /// @param wamid null until WhatsApp accepted it
    /// @param creditsUsed credits spent so far
    /// @param remainingCredits of the coach whose thread it is; null when it is nobody's
    /// @param scheduledAt when it shall go; left out for a message that goes at once
    /// @param warning what may keep it from going; left out when nothing will
    public record Sent(
            UUID messageId,
            @Nullable String wamid,
            MessageStatus status,
            long creditsUsed,
            @Nullable Long remainingCredits,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant scheduledAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String warning) {

        /// 200 when WhatsApp has it, 202 while that is not known.
        public ResponseEntity<Reply<Sent>> reply() {
            return switch (status) {
                case QUEUED, SENDING -> accepted(scheduledAt == null ? "Message queued" : "Message scheduled");
                case UNCONFIRMED -> accepted("Message not confirmed by WhatsApp yet");
                case CANCELLED -> ResponseEntity.ok(Reply.of("Message cancelled", this));
                case SENT, DELIVERED, READ, FAILED -> ResponseEntity.ok(Reply.of("Message sent successfully", this));
            };
        }

        private ResponseEntity<Reply<Sent>> accepted(String sentence) {
            return ResponseEntity.status(HttpStatus.ACCEPTED).body(Reply.of(sentence, this));
        }
    }

    private final Limits limits;
    private final Messages messages;
    private final IdempotencyKeys keys;
    private final Sender sender;
    private final Credits credits;
    private final TransactionTemplate transaction;

    Sends(
            Limits limits,
            Messages messages,
            IdempotencyKeys keys,
            Sender sender,
            Credits credits,
            TransactionTemplate transaction) {
        this.limits = limits;
        this.messages = messages;
        this.keys = keys;
        this.sender = sender;
        this.credits = credits;
        this.transaction = transaction;
    }

    public Sent send(
            Caller caller,
            Recipient recipient,
            Draft draft,
            SendOptions options,
            Patience patience,
            IdempotencyKey key) {
        limits.send(caller);
        var accepted = keys.message(
                caller,
                key,
                () -> messages.accept(caller, recipient, draft, options),
                id -> messages.accepted(caller, id));
        if (accepted.scheduledAt() == null) {
            sender.carry(accepted.id(), patience.atMost());
        }
        // In a transaction, whose plans are kept: planning these two anew would take longer than sending.
        return Objects.requireNonNull(transaction.execute(_ -> sent(accepted)));
    }

    private Sent sent(Messages.Accepted accepted) {
        var message = messages.byId(accepted.id());
        if (message.status() == MessageStatus.FAILED) {
            throw new SendFailed(message.id(), message.failure());
        }
        return new Sent(
                message.id(),
                message.wamid(),
                shown(message.status()),
                message.creditsUsed(),
                remaining(accepted.coachId()),
                accepted.scheduledAt(),
                accepted.warning());
    }

    private @Nullable Long remaining(@Nullable UUID coachId) {
        return coachId == null ? null : credits.balance(coachId).available();
    }

    /// The answer to a send says "sent", as sampled, even when WhatsApp has been quick enough to deliver it already;
    /// and what is under way is simply queued to the caller.
    private static MessageStatus shown(MessageStatus status) {
        return switch (status) {
            case DELIVERED, READ -> MessageStatus.SENT;
            case SENDING -> MessageStatus.QUEUED;
            case QUEUED, SENT, FAILED, UNCONFIRMED, CANCELLED -> status;
        };
    }
}
