package com.funnelseye.messaging.messages;

/// What a message is made of. The first six can be sent; the rest only arrive.
public enum MessageType {
    TEXT,
    TEMPLATE,
    IMAGE,
    VIDEO,
    AUDIO,
    DOCUMENT,
    STICKER,
    LOCATION,
    CONTACTS,
    INTERACTIVE,
    BUTTON,
    REACTION,
    ORDER,
    SYSTEM,
    UNSUPPORTED;

    /// From WhatsApp's own word; what we do not know is shown as unsupported and kept raw.
    public static MessageType ofWhatsApp(String word) {
        for (var type : values()) {
            if (type.name().equalsIgnoreCase(word)) {
                return type;
            }
        }
        return UNSUPPORTED;
    }
}
