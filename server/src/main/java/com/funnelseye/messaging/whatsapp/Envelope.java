package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.http.Text;
import com.funnelseye.messaging.whatsapp.RawEvent.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes a webhook apart into its events. Nothing Meta signed is lost: what has no known place is kept whole, as
/// [Kind#OTHER]. See
/// [webhooks](https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview).
final class Envelope {

    private static final List<String> SPLIT = List.of("statuses", "messages", "user_preferences");
    private static final List<String> CARRIED = List.of("messaging_product", "metadata", "contacts");

    private final List<RawEvent> events = new ArrayList<>();

    private Envelope() {}

    /// One row per status, per message and per other change; at least one.
    static List<RawEvent> split(byte[] body) {
        var envelope = new Envelope();
        GraphJson.read(body).ifPresentOrElse(envelope::splitWebhook, () -> envelope.keep(null, asText(body)));
        return envelope.events;
    }

    private void splitWebhook(JsonNode webhook) {
        var entries = webhook.path("entry");
        if (entries.isEmpty()) {
            keep(null, webhook);
        }
        for (var entry : entries) {
            splitEntry(entry);
        }
    }

    private void splitEntry(JsonNode entry) {
        var changes = entry.path("changes");
        if (changes.isEmpty()) {
            keep(null, entry);
        }
        for (var change : changes) {
            splitChange(change);
        }
    }

    private void splitChange(JsonNode change) {
        var value = change.path("value");
        var statuses = value.path("statuses");
        var messages = value.path("messages");
        statuses.forEach(status -> add(Kind.STATUS, value, "status", status));
        messages.forEach(message -> add(Kind.MESSAGE, value, "message", message));
        var preferences = value.path("user_preferences");
        preferences.forEach(preference -> addPreference(value, preference));
        var isSplit = !statuses.isEmpty() || !messages.isEmpty() || !preferences.isEmpty();
        if (!isSplit || saysMore(value)) {
            keep(numberIn(value), withoutEvents(change));
        }
    }

    private void add(Kind kind, JsonNode value, String name, JsonNode event) {
        var number = numberIn(value);
        var wamid = GraphJson.id(event.path("id"));
        var json = GraphJson.object();
        json.set("metadata", value.path("metadata").isMissingNode() ? GraphJson.object() : value.path("metadata"));
        json.set("contacts", contactsOf(event, value.path("contacts")));
        json.set(name, event);
        if (number == null || wamid == null) {
            keep(number, json);
        } else {
            events.add(new RawEvent(Ids.next(), kind, number, wamid, GraphJson.write(json)));
        }
    }

    /// It has no id of its own, and its metadata may be empty.
    private void addPreference(JsonNode value, JsonNode preference) {
        var json = GraphJson.object();
        json.set("preference", preference);
        events.add(new RawEvent(Ids.next(), Kind.PREFERENCE, numberIn(value), null, GraphJson.write(json)));
    }

    private void keep(@Nullable String number, JsonNode json) {
        keep(number, GraphJson.write(json));
    }

    private void keep(@Nullable String number, String payload) {
        events.add(RawEvent.other(number, payload));
    }

    /// Those of this person; carrying all of them with each of a thousand messages would be a million.
    private static JsonNode contactsOf(JsonNode event, JsonNode contacts) {
        var own = GraphJson.object().putArray("contacts");
        for (var contact : contacts) {
            if (contacts.size() == 1 || isOf(event, contact)) {
                own.add(contact);
            }
        }
        return own;
    }

    private static boolean isOf(JsonNode event, JsonNode contact) {
        return isSame(contact.path("wa_id"), event.path("from"))
                || isSame(contact.path("wa_id"), event.path("recipient_id"))
                || isSame(contact.path("user_id"), event.path("from_user_id"))
                || isSame(contact.path("user_id"), event.path("recipient_user_id"));
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return one.isString() && one.equals(other);
    }

    /// Errors, clicks or whatever Meta adds beside the messages.
    private static boolean saysMore(JsonNode value) {
        return value.propertyNames().stream().anyMatch(name -> !SPLIT.contains(name) && !CARRIED.contains(name));
    }

    private static JsonNode withoutEvents(JsonNode change) {
        var rest = change.deepCopy();
        if (rest.path("value") instanceof ObjectNode value) {
            value.remove(SPLIT);
        }
        return rest;
    }

    private static @Nullable String numberIn(JsonNode value) {
        return GraphJson.id(value.path("metadata").path("phone_number_id"));
    }

    private static String asText(byte[] body) {
        return Text.cleaned(new String(body, StandardCharsets.UTF_8));
    }
}
