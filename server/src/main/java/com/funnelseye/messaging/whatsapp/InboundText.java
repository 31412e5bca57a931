package com.funnelseye.messaging.whatsapp;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The words of a customer's message, whatever its kind. The node named by `type` may be missing: Meta has sent that.
/// See [messages
/// webhooks](https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages).
final class InboundText {

    private InboundText() {}

    /// Null when there are no words.
    static @Nullable String of(JsonNode message) {
        var type = message.path("type").asString("");
        var node = message.path(type);
        return switch (type) {
            case "text" -> GraphJson.text(node.path("body"));
            case "image", "video", "document" -> GraphJson.text(node.path("caption"));
            case "button" -> GraphJson.text(node.path("text"));
            case "interactive" -> replyTitle(node);
            case "location" -> joined(Stream.of(node.path("name"), node.path("address")));
            case "reaction" -> GraphJson.text(node.path("emoji"));
            case "contacts" ->
                joined(elements(node).map(contact -> contact.path("name").path("formatted_name")));
            case "order" -> GraphJson.text(node.path("text"));
            case "system" -> GraphJson.text(node.path("body"));
            default -> null;
        };
    }

    private static @Nullable String replyTitle(JsonNode interactive) {
        var reply = interactive.path(interactive.path("type").asString(""));
        var title = GraphJson.text(reply.path("title"));
        return title == null ? GraphJson.text(reply.path("body")) : title;
    }

    private static @Nullable String joined(Stream<JsonNode> parts) {
        var text = parts.map(GraphJson::text).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return text.isEmpty() ? null : text;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
