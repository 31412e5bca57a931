package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.whatsapp.Outgoing.Audio;
import com.funnelseye.messaging.whatsapp.Outgoing.Document;
import com.funnelseye.messaging.whatsapp.Outgoing.Image;
import com.funnelseye.messaging.whatsapp.Outgoing.Text;
import com.funnelseye.messaging.whatsapp.Outgoing.Video;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The body of `POST /{phone-number-id}/messages`. See
/// [messages](https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages).
final class OutgoingJson {

    private OutgoingJson() {}

    static ObjectNode of(Outgoing outgoing) {
        var body = GraphJson.object()
                .put("messaging_product", "whatsapp")
                .put("recipient_type", "individual")
                .put("to", outgoing.to())
                .put("biz_opaque_callback_data", outgoing.attemptId().toString());
        if (outgoing.replyTo() != null) {
            body.putObject("context").put("message_id", outgoing.replyTo());
        }
        return addContent(body, outgoing.content());
    }

    static ObjectNode markRead(String wamid) {
        return GraphJson.object()
                .put("messaging_product", "whatsapp")
                .put("status", "read")
                .put("message_id", wamid);
    }

    private static ObjectNode addContent(ObjectNode body, Outgoing.Content content) {
        switch (content) {
            case Text(var text) -> body.put("type", "text").putObject("text").put("body", text);
            case Image(var link, var caption) -> addMedia(body, "image", link, caption);
            case Video(var link, var caption) -> addMedia(body, "video", link, caption);
            case Audio(var link) -> addMedia(body, "audio", link, null);
            case Document(var link, var caption, var filename) -> {
                var document = addMedia(body, "document", link, caption);
                if (filename != null) {
                    document.put("filename", filename);
                }
            }
        }
        return body;
    }

    private static ObjectNode addMedia(ObjectNode body, String kind, String link, @Nullable String caption) {
        var media = body.put("type", kind).putObject(kind).put("link", link);
        if (caption != null) {
            media.put("caption", caption);
        }
        return media;
    }
}
