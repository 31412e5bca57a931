package com.funnelseye.sandbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The payloads of Graph answers and webhooks, as version 25 writes them.
final class GraphJson {

    /// From this day service messages are charged too; until then they are free inside the window.
    private static final Instant SERVICE_CHARGED_FROM =
            LocalDate.of(2026, 10, 1).atStartOfDay().toInstant(ZoneOffset.UTC);

    private final SandboxOptions options;

    GraphJson(SandboxOptions options) {
        this.options = options;
    }

    static ObjectNode accepted(String input, String waId, String wamid) {
        var answer = Json.object().put("messaging_product", "whatsapp");
        answer.putArray("contacts").addObject().put("input", input).put("wa_id", waId);
        answer.putArray("messages").addObject().put("id", wamid);
        return answer;
    }

    static ObjectNode error(GraphError error, String traceId) {
        var answer = Json.object();
        var node = answer.putObject("error")
                .put("message", error.message())
                .put("type", error.type())
                .put("code", error.code());
        if (error.details() != null) {
            node.putObject("error_data").put("messaging_product", "whatsapp").put("details", error.details());
        }
        if (error.subcode() != null) {
            node.put("error_subcode", error.subcode());
        }
        node.put("fbtrace_id", traceId);
        return answer;
    }

    byte[] status(ChatMessage message, Acceptance acceptance, Status status, Instant at, @Nullable GraphError failure) {
        var payload = Json.object();
        var node = value(payload).putArray("statuses").addObject();
        node.put("id", message.wamid())
                .put("status", status.word())
                .put("timestamp", seconds(at))
                .put("recipient_id", acceptance.to());
        if (acceptance.callbackData() != null) {
            node.put("biz_opaque_callback_data", acceptance.callbackData());
        }
        if (message.prices(status)) {
            price(node.putObject("pricing"), at);
        }
        if (failure != null) {
            failure(node, failure);
        }
        return Json.bytes(payload);
    }

    byte[] inbound(CustomerText text, String profileName, String wamid, Instant at) {
        var payload = Json.object();
        var value = value(payload);
        var contact = value.putArray("contacts").addObject();
        contact.putObject("profile").put("name", profileName);
        contact.put("wa_id", text.from());
        var message = value.putArray("messages").addObject();
        if (text.quoting() != null) {
            message.putObject("context").put("from", options.businessDigits()).put("id", text.quoting());
        }
        message.put("from", text.from())
                .put("id", wamid)
                .put("timestamp", seconds(at))
                .put("type", "text");
        message.putObject("text").put("body", text.text());
        return Json.bytes(payload);
    }

    private ObjectNode value(ObjectNode payload) {
        payload.put("object", "whatsapp_business_account");
        var entry = payload.putArray("entry").addObject().put("id", options.businessAccountId());
        var change = entry.putArray("changes").addObject();
        var value = change.putObject("value").put("messaging_product", "whatsapp");
        change.put("field", "messages");
        value.putObject("metadata")
                .put("display_phone_number", options.businessDigits())
                .put("phone_number_id", options.phoneNumberId());
        return value;
    }

    private static void price(ObjectNode pricing, Instant at) {
        var charged = !at.isBefore(SERVICE_CHARGED_FROM);
        pricing.put("billable", charged)
                .put("pricing_model", "PMP")
                .put("type", charged ? "regular" : "free_customer_service")
                .put("category", "service");
    }

    private static void failure(ObjectNode status, GraphError failure) {
        var error = status.putArray("errors")
                .addObject()
                .put("code", failure.code())
                .put("title", failure.title())
                .put("message", failure.title());
        if (failure.details() != null) {
            error.putObject("error_data").put("details", failure.details());
        }
        error.put("href", "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/");
    }

    private static String seconds(Instant at) {
        return Long.toString(at.getEpochSecond());
    }
}
