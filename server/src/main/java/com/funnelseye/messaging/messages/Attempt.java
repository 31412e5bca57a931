package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.whatsapp.Outgoing;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One try at WhatsApp, begun: from now on the message may have been sent.
///
/// @param tries which try this is, from 1
/// @param number E.164, null for a person whose number we do not know
/// @param windowOpen whether free text may go to the person at this moment
/// @param optedOut whether it is marketing and the person takes none any more
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
        boolean optedOut) {

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
