package com.funnelseye.messaging.whatsapp;

import static com.funnelseye.messaging.whatsapp.Webhook.RECEIVED;
import static com.funnelseye.messaging.whatsapp.Webhook.message;
import static com.funnelseye.messaging.whatsapp.Webhook.split;
import static com.funnelseye.messaging.whatsapp.Webhook.status;
import static com.funnelseye.messaging.whatsapp.Webhook.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.whatsapp.EventReader.Unreadable;
import com.funnelseye.messaging.whatsapp.RawEvent.Kind;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.MessageReceived;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read from the events of a webhook.
class EventReaderTest {

    @Test
    void reads_a_status_report() {
        var report = """
            {"id":"wamid.A","status":"failed","timestamp":"1750030073","recipient_id":"16505550100",
             "biz_opaque_callback_data":"0197f000-0000-7000-8000-000000000001",
             "errors":[{"code":131047,"title":"Re-engagement message","message":"Re-engagement message",
                        "error_data":{"details":"More than 24 hours"},"href":"https://example.com"}]}\
            """;
        var event = split(webhook("\"statuses\":[%s]".formatted(report))).getFirst();

        assertThat(status(event))
                .isEqualTo(new StatusReported(
                        event.id(),
                        "106",
                        "wamid.A",
                        "failed",
                        Instant.ofEpochSecond(1750030073),
                        UUID.fromString("0197f000-0000-7000-8000-000000000001"),
                        "16505550100",
                        new GraphError(131047, "Re-engagement message", "More than 24 hours", null)));
    }

    @Test
    void reads_a_status_report_that_says_the_least() {
        var event = split(webhook("\"statuses\":[{\"id\":\"wamid.A\",\"status\":\"teleported\"}]"))
                .getFirst();

        assertThat(status(event))
                .isEqualTo(new StatusReported(event.id(), "106", "wamid.A", "teleported", RECEIVED, null, null, null));
    }

    @Test
    void a_callback_that_is_no_attempt_of_ours_is_no_attempt() {
        var report = "{\"id\":\"wamid.A\",\"status\":\"sent\",\"biz_opaque_callback_data\":\"order-123\"}";
        assertThat(status(split(webhook("\"statuses\":[%s]".formatted(report))).getFirst())
                        .attemptId())
                .isNull();
    }

    @Test
    void reads_a_customers_message() {
        var written = """
            {"from":"16505550100","id":"wamid.A","timestamp":"1750030073","type":"text","text":{"body":"Olá 👋"},
             "context":{"from":"15550001111","id":"wamid.quoted"}}\
            """;
        var contacts =
                "\"contacts\":[{\"profile\":{\"name\":\"José\"},\"wa_id\":\"16505550100\",\"user_id\":\"US.1\"}]";
        var event = split(webhook(contacts + ",\"messages\":[%s]".formatted(written)))
                .getFirst();

        assertThat(message(event))
                .usingRecursiveComparison()
                .ignoringFields("raw")
                .isEqualTo(new MessageReceived(
                        event.id(),
                        "106",
                        "15550001111",
                        "wamid.A",
                        "16505550100",
                        "US.1",
                        "José",
                        "text",
                        "Olá 👋",
                        "wamid.quoted",
                        Instant.ofEpochSecond(1750030073),
                        ""));
        assertThat(message(event).raw()).startsWith("{\"from\":\"16505550100\"").endsWith("}}");
    }

    @Test
    void reads_a_message_of_somebody_without_a_phone_number() {
        var contacts = "\"contacts\":[{\"profile\":{\"name\":\"Ann\",\"username\":\"@ann\"},\"user_id\":\"US.1\"}]";
        var written = "{\"id\":\"wamid.A\",\"from_user_id\":\"US.1\",\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}";
        var received = message(split(webhook(contacts + ",\"messages\":[%s]".formatted(written)))
                .getFirst());

        assertThat(received.from()).isNull();
        assertThat(received.userId()).isEqualTo("US.1");
        assertThat(received.profileName()).isEqualTo("Ann");
        assertThat(received.at()).isEqualTo(RECEIVED);
    }

    @Test
    void a_user_id_in_the_place_of_a_phone_number_is_a_user_id() {
        var received = message(split(webhook("\"messages\":[{\"id\":\"wamid.A\",\"from\":\"US.1349\"}]"))
                .getFirst());

        assertThat(received.from()).isNull();
        assertThat(received.userId()).isEqualTo("US.1349");
        assertThat(received.type()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "image | \"image\":{\"id\":\"1\",\"caption\":\"My lunch\"} | My lunch",
                "image | \"image\":{\"id\":\"1\"} | -",
                "video | \"video\":{\"caption\":\"My run\"} | My run",
                "document | \"document\":{\"caption\":\"My plan\",\"filename\":\"plan.pdf\"} | My plan",
                "audio | \"audio\":{\"id\":\"1\",\"voice\":true} | -",
                "sticker | \"sticker\":{\"id\":\"1\"} | -",
                "button | \"button\":{\"payload\":\"P\",\"text\":\"Yes\"} | Yes",
                "interactive |"
                    + " \"interactive\":{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"1\",\"title\":\"One\"}}"
                    + " | One",
                "interactive |"
                        + " \"interactive\":{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"2\",\"title\":\"Two\"}} |"
                        + " Two",
                "interactive | \"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":{\"body\":\"Sent\"}} | Sent",
                "interactive | \"errors\":[{\"code\":131000}] | -",
                "interactive | \"interactive\":{\"type\":7} | -",
                "location | \"location\":{\"latitude\":1.5,\"longitude\":2,\"name\":\"Gym\",\"address\":\"1 Way\"} |"
                        + " Gym, 1 Way",
                "location | \"location\":{\"latitude\":1.5,\"longitude\":2} | -",
                "reaction | \"reaction\":{\"message_id\":\"wamid.B\",\"emoji\":\"👍\"} | 👍",
                "reaction | \"reaction\":{\"message_id\":\"wamid.B\",\"emoji\":\"\"} | -",
                "reaction | \"reaction\":{\"message_id\":\"wamid.B\"} | -",
                "contacts |"
                    + " \"contacts\":[{\"name\":{\"formatted_name\":\"Ann\"}},{},{\"name\":{\"formatted_name\":\"Bob\"}}]"
                    + " | Ann, Bob",
                "order | \"order\":{\"catalog_id\":\"1\",\"text\":\"Please\"} | Please",
                "system | \"system\":{\"body\":\"User A changed number\"} | User A changed number",
                "unsupported | \"errors\":[{\"code\":131051}] | -",
                "hologram | \"hologram\":{\"text\":\"?\"} | -",
                "text | \"text\":\"not an object\" | -",
                "text | \"text\":{\"body\":{\"deeper\":1}} | -"
            })
    void shows_the_words_of_every_kind_of_message(String type, String node, @Nullable String words) {
        var written = "{\"from\":\"16505550100\",\"id\":\"wamid.A\",\"type\":\"%s\",%s}".formatted(type, node);
        var received =
                message(split(webhook("\"messages\":[%s]".formatted(written))).getFirst());

        assertThat(received.type()).isEqualTo(type);
        assertThat(received.text()).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"soon\"", "\"-5\"", "0", "99999999999", "9999999999", "null", "{}", "1.5"})
    void a_time_that_cannot_be_is_the_time_we_received_it(String timestamp) {
        var written = "{\"from\":\"16505550100\",\"id\":\"wamid.A\",\"timestamp\":%s}".formatted(timestamp);
        assertThat(message(split(webhook("\"messages\":[%s]".formatted(written)))
                                .getFirst())
                        .at())
                .isEqualTo(RECEIVED);
    }

    @Test
    void what_nobody_sent_cannot_be_read() {
        var event = split(webhook("\"messages\":[{\"id\":\"wamid.A\",\"type\":\"text\"}]"))
                .getFirst();
        Assertions.assertThatThrownBy(() -> message(event))
                .isInstanceOf(Unreadable.class)
                .hasMessage("no sender");
    }

    @Test
    void takes_what_people_chose_about_marketing() {
        var events = split("""
            {"entry":[{"changes":[{"field":"user_preferences","value":{"messaging_product":"whatsapp","metadata":{},
             "contacts":[{"wa_id":"16505551234"}],"user_preferences":[
              {"wa_id":"16505551234","category":"marketing_messages","value":"stop","timestamp":1731705721},
              {"wa_id":"16505551235","category":"marketing_messages","value":"resume","timestamp":1731705722}]}}]}]}\
            """);
        assertThat(events).extracting(RawEvent::kind).containsExactly(Kind.PREFERENCE, Kind.PREFERENCE);

        var first = events.getFirst();
        var chosen = EventReader.preference(new StoredEvent(first.id(), first.payload(), RECEIVED));
        assertThat(chosen.from()).isEqualTo("16505551234");
        assertThat(chosen.optedOut()).isTrue();
        assertThat(chosen.at()).isEqualTo(Instant.ofEpochSecond(1731705721));
    }

    @Test
    void a_choice_we_do_not_know_cannot_be_read() {
        var event = split("""
            {"entry":[{"changes":[{"field":"user_preferences","value":{"user_preferences":[
              {"wa_id":"16505551234","value":"maybe"}]}}]}]}\
            """).getFirst();
        var stored = new StoredEvent(event.id(), event.payload(), RECEIVED);
        Assertions.assertThatThrownBy(() -> EventReader.preference(stored)).isInstanceOf(Unreadable.class);
    }
}
