package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.whatsapp.Outgoing;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One try at WhatsApp, begun: from now on the message may have been sent.
///
/// @param tries which try this is, from 1
/// @param number E.164, null for a person whose number we do not know
/// @param windowOpen whether free text may go to the person at this moment
/// @param laneId null for a single message
/// @param delayMs between two sends of the lane; 0 for none
/// @param goNanos when it may go, by `System.nanoTime()` of the node that began it
record Attempt(
        UUID attemptId,
        UUID messageId,
        UUID contactId,
        int tries,
        MessageType type,
        @Nullable String text,
        @Nullable String mediaUrl,
        @Nullable String mediaFilename,
        @Nullable String number,
        @Nullable String replyToWamid,
        boolean windowOpen,
        @Nullable UUID laneId,
        int delayMs,
        long goNanos) {

    /// Whether it keeps a distance from others of its lane.
    boolean isPaced() {
        return laneId != null && delayMs > 0;
    }

    /// Whether it goes as soon as those before it let it, rather than at once or at its time.
    boolean standsInLine() {
        return laneId != null && delayMs == 0;
    }

    /// Whether WhatsApp's own digits for the person are those it was sent to.
    boolean isTo(String waId) {
        return ("+" + waId).equals(number);
    }

    UUID lane() {
        return Objects.requireNonNull(laneId, "a single message");
    }

    /// A template without a counterpart at WhatsApp goes out as the text it was filled in to.
    Outgoing.Content content() {
        if (mediaUrl != null) {
            return media(mediaUrl);
        }
        if (text == null) {
            throw new IllegalStateException("message without content: " + messageId);
        }
        return new Outgoing.Text(text);
    }

    private Outgoing.Content media(String link) {
        return switch (type) {
            case IMAGE -> new Outgoing.Image(link, text);
            case VIDEO -> new Outgoing.Video(link, text);
            case AUDIO -> new Outgoing.Audio(link);
            case DOCUMENT -> new Outgoing.Document(link, text, mediaFilename);
            case TEXT,
                    TEMPLATE,
                    STICKER,
                    LOCATION,
                    CONTACTS,
                    INTERACTIVE,
                    BUTTON,
                    REACTION,
                    ORDER,
                    SYSTEM,
                    UNSUPPORTED -> throw new IllegalStateException("no media of type " + type + ": " + messageId);
        };
    }
}
