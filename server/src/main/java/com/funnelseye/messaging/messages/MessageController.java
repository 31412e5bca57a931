package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.contacts.Phone;
import com.funnelseye.messaging.http.IdempotencyKey;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.http.Shown;
import com.funnelseye.messaging.messages.Sends.Sent;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging")
class MessageController {

    /// @param coachId counts only when an admin sends
    record SendRequest(
            @Shown(required = true) @Nullable String to,
            @Nullable String message,
            @Shown(words = {"text", "template", "image", "video", "audio", "document", "media"}) @Nullable String type,
            @Nullable String mediaUrl,
            @Nullable String caption,
            @Nullable UUID templateId,
            @Nullable Map<String, @Nullable String> templateParameters,
            @Nullable UUID leadId,
            @Nullable UUID coachId,
            @Nullable UUID replyTo,
            @Nullable String scheduledAt) {

        Recipient recipient() {
            return new Recipient.Dialled(to, leadId, coachId);
        }

        SendOptions options() {
            return SendOptions.of(replyTo, scheduledAt);
        }

        /// The recipient is asked for first, as documented.
        Draft draft() {
            Phone.require(to, "to");
            return new DraftRequest(type, message, mediaUrl, caption, templateId, templateParameters).draft();
        }
    }

    private final Sends sends;

    MessageController(Sends sends) {
        this.sends = sends;
    }

    @PostMapping("/send")
    ResponseEntity<Reply<Sent>> send(
            Coach coach, @RequestBody SendRequest request, Patience patience, IdempotencyKey key) {
        return sends.send(coach, request.recipient(), request.draft(), request.options(), patience, key)
                .reply();
    }
}
