package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.MessageReceived;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.PreferenceChosen;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a stored event. Only what an event cannot do without may be missed: Meta leaves out the rest as it pleases.
final class EventReader {

    /// 2100: a time beyond it is a mistake, and PostgreSQL need not learn of it.
    private static final long LAST_SECOND = 4_102_444_800L;

    private static final int MAX_NAME = 300;
    private static final String DIGITS = "[0-9]{1,30}";

    private EventReader() {}

    /// @throws Unreadable when it names no message or no status
    static StatusReported status(StoredEvent stored) {
        var event = read(stored);
        var status = event.path("status");
        return new StatusReported(
                stored.id(),
                required(event.path("metadata").path("phone_number_id"), "phone_number_id"),
                required(status.path("id"), "id"),
                required(status.path("status"), "status"),
                time(status, stored.receivedAt()),
                attemptId(status),
                GraphJson.id(status.path("recipient_id")),
                GraphErrors.read(status.path("errors").path(0)).orElse(null));
    }

    /// @throws Unreadable when it names no message or nobody who sent it
    static MessageReceived message(StoredEvent stored) {
        var event = read(stored);
        var metadata = event.path("metadata");
        var message = event.path("message");
        var contact = event.path("contacts").path(0);
        var sender = Sender.of(
                node(message.path("from"), contact.path("wa_id")),
                node(message.path("from_user_id"), contact.path("user_id")));
        return new MessageReceived(
                stored.id(),
                required(metadata.path("phone_number_id"), "phone_number_id"),
                digits(metadata.path("display_phone_number")),
                required(message.path("id"), "id"),
                sender.phone(),
                sender.userId(),
                GraphJson.text(contact.path("profile").path("name"), MAX_NAME),
                typeOf(message),
                InboundText.of(message),
                GraphJson.id(message.path("context").path("id")),
                time(message, stored.receivedAt()),
                GraphJson.write(message));
    }

    /// @throws Unreadable when it names nobody, or another choice than to stop or resume marketing
    static PreferenceChosen preference(StoredEvent stored) {
        var preference = read(stored).path("preference");
        var sender = Sender.of(preference.path("wa_id"), preference.path("user_id"));
        var optedOut = switch (preference.path("value").asString("")) {
            case "stop" -> true;
            case "resume" -> false;
            default -> throw new Unreadable("no choice");
        };
        return new PreferenceChosen(
                stored.id(), sender.phone(), sender.userId(), optedOut, time(preference, stored.receivedAt()));
    }

    /// People who hide their number have only a business-scoped user id; some payloads carry it as `from`.
    private record Sender(@Nullable String phone, @Nullable String userId) {
        Sender {
            if (phone == null && userId == null) {
                throw new Unreadable("no sender");
            }
        }

        static Sender of(JsonNode number, JsonNode user) {
            var from = GraphJson.id(number);
            var userId = GraphJson.id(user);
            var phone = from != null && from.matches(DIGITS) ? from : null;
            return new Sender(phone, userId == null && phone == null ? from : userId);
        }
    }

    private static JsonNode read(StoredEvent stored) {
        return GraphJson.read(stored.payload()).orElseThrow(() -> new Unreadable("not JSON"));
    }

    private static String required(JsonNode node, String name) {
        var id = GraphJson.id(node);
        if (id == null) {
            throw new Unreadable("no " + name);
        }
        return id;
    }

    private static JsonNode node(JsonNode one, JsonNode otherwise) {
        return GraphJson.id(one) == null ? otherwise : one;
    }

    private static String typeOf(JsonNode message) {
        var type = GraphJson.id(message.path("type"));
        return type == null ? "unknown" : type;
    }

    private static String digits(JsonNode phone) {
        var text = GraphJson.id(phone);
        return text == null ? "" : text.replaceAll("[^0-9]", "");
    }

    private static @Nullable UUID attemptId(JsonNode status) {
        var text = GraphJson.text(status.path("biz_opaque_callback_data"));
        var id = Ids.parse(text);
        return id.equals(Ids.NOTHING) ? null : id;
    }

    /// Seconds since 1970, mostly as text. Without a usable time, the one we received it at.
    private static Instant time(JsonNode event, Instant otherwise) {
        var text = GraphJson.id(event.path("timestamp"));
        if (text == null || !text.matches("[0-9]{1,10}")) {
            return otherwise;
        }
        var seconds = Long.parseLong(text);
        return seconds > 0 && seconds < LAST_SECOND ? Instant.ofEpochSecond(seconds) : otherwise;
    }

    /// The row is not what it claims to be.
    static final class Unreadable extends RuntimeException {

        private final String problem;

        Unreadable(String problem) {
            super(problem, null, false, false);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }
}
