package com.funnelseye.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The business's number as Graph describes it: always healthy, because sending needs it and nothing here can make it
/// ill.
final class PhoneNumberNode {

    private static final List<String> DEFAULT_FIELDS = List.of(
            "verified_name",
            "code_verification_status",
            "display_phone_number",
            "quality_rating",
            "platform_type",
            "throughput");

    private final ObjectNode everything;

    PhoneNumberNode(SandboxOptions options) {
        everything = Json.object()
                .put("verified_name", options.verifiedName())
                .put("display_phone_number", options.displayPhoneNumber())
                .put("quality_rating", "GREEN")
                .put("status", "CONNECTED")
                .put("code_verification_status", "VERIFIED")
                .put("name_status", "APPROVED")
                .put("platform_type", "CLOUD_API")
                .put("account_mode", "SANDBOX")
                .put("whatsapp_business_manager_messaging_limit", "TIER_UNLIMITED");
        everything.putObject("throughput").put("level", "STANDARD");
        var health = everything.putObject("health_status").put("can_send_message", "AVAILABLE");
        var entities = health.putArray("entities");
        entities.addObject()
                .put("entity_type", "PHONE_NUMBER")
                .put("id", options.phoneNumberId())
                .put("can_send_message", "AVAILABLE");
        entities.addObject()
                .put("entity_type", "WABA")
                .put("id", options.businessAccountId())
                .put("can_send_message", "AVAILABLE");
        everything.put("id", options.phoneNumberId());
    }

    ObjectNode fields(@Nullable String asked) throws GraphRefusal {
        var names = asked == null || asked.isBlank() ? DEFAULT_FIELDS : List.of(asked.split(","));
        var answer = Json.object();
        for (var name : names) {
            var value = everything.get(name.strip());
            if (value == null) {
                throw new GraphRefusal(GraphError.invalidParameter("Tried accessing nonexisting field (" + name.strip()
                        + ") on node type (WhatsAppBusinessPhoneNumber)"));
            }
            answer.set(name.strip(), value);
        }
        answer.set("id", everything.get("id"));
        return answer;
    }

    ObjectNode list(@Nullable String asked) throws GraphRefusal {
        var answer = Json.object();
        answer.putArray("data").add(fields(asked));
        answer.putObject("paging").putObject("cursors").put("before", "MAZDZD").put("after", "MAZDZD");
        return answer;
    }
}
