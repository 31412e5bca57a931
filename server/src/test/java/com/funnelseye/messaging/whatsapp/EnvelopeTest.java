package com.funnelseye.messaging.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.whatsapp.EventReader.Unreadable;
import com.funnelseye.messaging.whatsapp.RawEvent.Kind;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.MessageReceived;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a webhook is taken apart into, and what is read from its parts.
class EnvelopeTest {

    private static final Instant RECEIVED = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void takes_every_entry_change_status_and_message() {
        var webhook = """
            {"object":"whatsapp_business_account","entry":[
              {"id":"1","changes":[%s,%s]},
              {"id":"2","changes":[%s]}]}\
            """.formatted(
                        change("\"statuses\":[%s,%s]".formatted(status("wamid.A", "sent"), status("wamid.B", "read"))),
                        change("\"messages\":[%s]".formatted(text("wamid.C", "Hi"))),
                        change("\"messages\":[%s],\"statuses\":[%s]"
                                .formatted(text("wamid.D", "Ho"), status("wamid.E", "failed"))));

        assertThat(split(webhook))
                .extracting(RawEvent::kind, RawEvent::wamid, RawEvent::phoneNumberId)
                .containsExactly(
                        Assertions.tuple(Kind.STATUS, "wamid.A", "106"),
                        Assertions.tuple(Kind.STATUS, "wamid.B", "106"),
                        Assertions.tuple(Kind.MESSAGE, "wamid.C", "106"),
                        Assertions.tuple(Kind.STATUS, "wamid.E", "106"),
                        Assertions.tuple(Kind.MESSAGE, "wamid.D", "106"));
    }

    @Test
    void takes_a_thousand_in_one_webhook_each_with_its_own_sender_only() {
        var messages = IntStream.range(0, 1000)
                .mapToObj(n -> "{\"from\":\"1650555%04d\",\"id\":\"wamid.%d\",\"type\":\"text\"}".formatted(n, n))
                .collect(Collectors.joining(","));
        var contacts = IntStream.range(0, 1000)
                .mapToObj(n -> "{\"wa_id\":\"1650555%04d\",\"profile\":{\"name\":\"Nr %d\"}}".formatted(n, n))
                .collect(Collectors.joining(","));

        var events = split(webhook("\"contacts\":[%s],\"messages\":[%s]".formatted(contacts, messages)));

        assertThat(events).hasSize(1000).allMatch(event -> event.payload().length() < 500);
        assertThat(message(events.get(777)).profileName()).isEqualTo("Nr 777");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "null",
                "\"text\"",
                "{}",
                "{\"entry\":[]}",
                "{\"entry\":{\"a\":1}}",
                "{\"entry\":[{\"id\":\"1\"}]}",
                "{\"entry\":[{\"changes\":[{\"field\":\"messages\"}]}]}",
                "{\"entry\":[{\"changes\":[7]}]}",
                "{\"entry\":[\"x\"]}"
            })
    void keeps_what_it_does_not_understand(String webhook) {
        assertThat(split(webhook)).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Kind.OTHER);
            assertThat(event.wamid()).isNull();
        });
    }

    @Test
    void keeps_a_change_of_another_field_whole() {
        var preferences = """
            {"field":"user_preferences","value":{"metadata":{"phone_number_id":"106"},
             "user_preferences":[{"wa_id":"16505550100","value":"stop","timestamp":1731705721}]}}\
            """;
        assertThat(split("{\"entry\":[{\"changes\":[%s]}]}".formatted(preferences)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.kind()).isEqualTo(Kind.OTHER);
                    assertThat(event.phoneNumberId()).isEqualTo("106");
                    assertThat(event.payload()).contains("\"field\":\"user_preferences\"", "\"value\":\"stop\"");
                });
    }

    @Test
    void keeps_errors_that_come_beside_a_message() {
        var events =
                split(webhook("\"messages\":[%s],\"errors\":[{\"code\":131000}]".formatted(text("wamid.A", "Hi"))));

        assertThat(events).extracting(RawEvent::kind).containsExactly(Kind.MESSAGE, Kind.OTHER);
        assertThat(events.getLast().payload()).contains("131000").doesNotContain("wamid.A");
    }

    @Test
    void keeps_an_event_without_an_id_as_other() {
        assertThat(split(webhook("\"statuses\":[{\"status\":\"sent\"},7]")))
                .extracting(RawEvent::kind)
                .containsExactly(Kind.OTHER, Kind.OTHER);
    }

    @Test
    void stores_characters_no_database_takes_as_escapes() {
        var events = split(webhook("\"messages\":[%s]".formatted(text("wamid.A", "a\\u0000b\\ud83dc"))));

        assertThat(events.getFirst().payload()).isASCII().doesNotContain("\0");
        assertThat(message(events.getFirst()).text()).isEqualTo("a�b�c");
    }

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

    private static List<RawEvent> split(String webhook) {
        return Envelope.split(webhook.getBytes(StandardCharsets.UTF_8));
    }

    private static StatusReported status(RawEvent event) {
        return EventReader.status(new StoredEvent(event.id(), event.payload(), RECEIVED));
    }

    private static MessageReceived message(RawEvent event) {
        return EventReader.message(new StoredEvent(event.id(), event.payload(), RECEIVED));
    }

    private static String webhook(String events) {
        return "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[%s]}]}"
                .formatted(change(events));
    }

    private static String change(String events) {
        return """
            {"field":"messages","value":{"messaging_product":"whatsapp",
             "metadata":{"display_phone_number":"15550001111","phone_number_id":"106"},%s}}\
            """.formatted(events);
    }

    private static String status(String wamid, String status) {
        return "{\"id\":\"%s\",\"status\":\"%s\",\"timestamp\":\"1750030073\"}".formatted(wamid, status);
    }

    private static String text(String wamid, String body) {
        return "{\"from\":\"16505550100\",\"id\":\"%s\",\"type\":\"text\",\"text\":{\"body\":\"%s\"}}"
                .formatted(wamid, body);
    }
}
