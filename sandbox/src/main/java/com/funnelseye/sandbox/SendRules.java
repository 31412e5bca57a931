package com.funnelseye.sandbox;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads the body of /messages and refuses what Meta refuses, in Meta's order and words.
final class SendRules {

    static final int LONGEST_TEXT = 4096;
    static final int LONGEST_CALLBACK_DATA = 512;

    private static final Set<String> TYPES = Set.of(
            "audio",
            "contacts",
            "document",
            "image",
            "interactive",
            "location",
            "reaction",
            "sticker",
            "template",
            "text",
            "video");

    private final String businessDigits;

    SendRules(String businessDigits) {
        this.businessDigits = businessDigits;
    }

    /// @param json whether the call said that its body is JSON; Graph sees no parameters otherwise
    SendRequest read(String body, boolean json) throws GraphRefusal {
        var root = json ? parse(body) : Json.object();
        if (!"whatsapp".equals(requiredText(root, "messaging_product", "messaging_product"))) {
            throw invalid("Param messaging_product must be one of {WHATSAPP}", "Only whatsapp is served here.");
        }
        return root.has("status") ? markAsRead(root) : message(root);
    }

    private static JsonNode parse(String body) throws GraphRefusal {
        try {
            var root = Json.parse(body);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException notJson) {
            // GraphRefusal below, like JSON that is no object.
        }
        throw invalid("Invalid parameter", "The request body is not a JSON object.");
    }

    private SendRequest message(JsonNode root) throws GraphRefusal {
        refuseGroups(root);
        var input = recipient(root);
        var to = PhoneNumber.parse(input).orElseThrow(() -> badValue("Recipient phone number is not valid."));
        var type = type(root);
        var content = type.equals("text") ? text(root) : MediaRules.read(root, type);
        if (to.equals(businessDigits)) {
            throw new GraphRefusal(GraphError.of(131021));
        }
        return new SendRequest.Message(input, to, content, quoting(root), callbackData(root));
    }

    private static SendRequest.Content text(JsonNode root) throws GraphRefusal {
        var text = root.path("text");
        if (!text.isObject()) {
            throw invalid("The parameter text is required.", "A text message needs its text object.");
        }
        var body = requiredText(text, "body", "text['body']");
        if (body.codePointCount(0, body.length()) > LONGEST_TEXT) {
            throw tooLong("text['body']", LONGEST_TEXT);
        }
        return new SendRequest.Content("text", body, null, null);
    }

    private static SendRequest markAsRead(JsonNode root) throws GraphRefusal {
        if (!"read".equals(root.path("status").asString(""))) {
            throw invalid("Param status must be one of {READ}", "A status call can only mark a message as read.");
        }
        var wamid = requiredText(root, "message_id", "message_id");
        var known = Wamids.decode(wamid).filter(Wamids.Decoded::inbound).isPresent();
        if (!known) {
            throw badValue("The message id is not that of a message from a customer.");
        }
        var typing = root.path("typing_indicator");
        if (!typing.isMissingNode() && !"text".equals(typing.path("type").asString(""))) {
            throw badValue("The typing indicator's type must be text.");
        }
        return new SendRequest.MarkAsRead(wamid, typing.isObject());
    }

    private static void refuseGroups(JsonNode root) throws GraphRefusal {
        var type = root.path("recipient_type").asString("individual");
        if (!type.equals("individual")) {
            throw invalid(
                    "Param recipient_type must be one of {INDIVIDUAL}", "The sandbox has no groups, only individuals.");
        }
    }

    private static String recipient(JsonNode root) throws GraphRefusal {
        if (!root.has("to") && root.has("recipient")) {
            throw invalid("The parameter to is required.", "The sandbox has no business-scoped user ids.");
        }
        return requiredText(root, "to", "to");
    }

    private static String type(JsonNode root) throws GraphRefusal {
        var type = root.path("type").asString("text");
        if (type.equals("text") || MediaRules.TYPES.contains(type)) {
            return type;
        }
        if (TYPES.contains(type)) {
            throw new GraphRefusal(
                    GraphError.of(131051).details("The sandbox does not have messages of type " + type + "."));
        }
        throw invalid(
                "Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION,"
                        + " STICKER, TEMPLATE, TEXT, VIDEO}",
                "There is no such message type.");
    }

    private static @Nullable String quoting(JsonNode root) throws GraphRefusal {
        var context = root.path("context");
        return context.isMissingNode() ? null : requiredText(context, "message_id", "context['message_id']");
    }

    private static @Nullable String callbackData(JsonNode root) throws GraphRefusal {
        if (!root.has("biz_opaque_callback_data")) {
            return null;
        }
        var value = requiredText(root, "biz_opaque_callback_data", "biz_opaque_callback_data");
        if (value.length() > LONGEST_CALLBACK_DATA) {
            throw tooLong("biz_opaque_callback_data", LONGEST_CALLBACK_DATA);
        }
        return value;
    }

    static String requiredText(JsonNode node, String field, String name) throws GraphRefusal {
        var value = node.path(field);
        if (value.isMissingNode()
                || value.isNull()
                || (value.isString() && value.asString().isEmpty())) {
            throw invalid("The parameter " + name + " is required.", "It is missing or empty.");
        }
        if (!value.isString()) {
            throw invalid("Param " + name + " must be a string.", "It is something else.");
        }
        return value.asString();
    }

    static GraphRefusal tooLong(String name, int most) {
        return invalid(
                "Param " + name + " must be at most " + most + " characters long.",
                "It is longer than " + most + " characters.");
    }

    static GraphRefusal invalid(String title, String details) {
        return new GraphRefusal(GraphError.invalidParameter(title).details(details));
    }

    static GraphRefusal badValue(String details) {
        return new GraphRefusal(GraphError.of(131009).details(details));
    }
}
