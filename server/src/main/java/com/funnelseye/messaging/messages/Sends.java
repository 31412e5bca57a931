package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.credits.Credits;
import com.funnelseye.messaging.http.Reply;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;

/// Sends that somebody waits for: accept, carry to WhatsApp at once, and answer with what is known by then.
/// Should this thread or server die on the way, the message is in the outbox and [Sender] goes on with it.
@Service
public class Sends {

    /// @param wamid null until WhatsApp accepted it
    /// @param creditsUsed credits spent so far
    public record Sent(
            UUID messageId, @Nullable String wamid, MessageStatus status, long creditsUsed, long remainingCredits) {

        /// 200 when WhatsApp has it, 202 while that is not known.
        public ResponseEntity<Reply<Sent>> reply() {
            return switch (status) {
                case QUEUED, SENDING -> accepted("Message queued");
                case UNCONFIRMED -> accepted("Message not confirmed by WhatsApp yet");
                case SENT, DELIVERED, READ, FAILED, CANCELLED ->
                    ResponseEntity.ok(Reply.of("Message sent successfully", this));
            };
        }

        private ResponseEntity<Reply<Sent>> accepted(String sentence) {
            return ResponseEntity.status(HttpStatus.ACCEPTED).body(Reply.of(sentence, this));
        }
    }

    private final Messages messages;
    private final Sender sender;
    private final Credits credits;

    Sends(Messages messages, Sender sender, Credits credits) {
        this.messages = messages;
        this.sender = sender;
        this.credits = credits;
    }

    Sent send(Coach coach, @Nullable String to, @Nullable UUID leadId, Draft draft, Patience patience) {
        return carry(coach, messages.accept(coach, to, leadId, draft), patience);
    }

    public Sent send(Coach coach, UUID contactId, Draft draft, Patience patience) {
        return carry(coach, messages.acceptTo(coach, contactId, draft), patience);
    }

    private Sent carry(Coach coach, UUID messageId, Patience patience) {
        sender.carry(messageId, patience.atMost());
        var message = messages.byId(messageId);
        if (message.status() == MessageStatus.FAILED) {
            throw new SendFailed(messageId, message.failure());
        }
        var remaining = credits.balance(coach.id()).available();
        return new Sent(messageId, message.wamid(), shown(message.status()), message.creditsUsed(), remaining);
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
