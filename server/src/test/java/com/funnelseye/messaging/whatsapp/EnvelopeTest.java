package com.funnelseye.messaging.whatsapp;

import static com.funnelseye.messaging.whatsapp.Webhook.change;
import static com.funnelseye.messaging.whatsapp.Webhook.message;
import static com.funnelseye.messaging.whatsapp.Webhook.split;
import static com.funnelseye.messaging.whatsapp.Webhook.status;
import static com.funnelseye.messaging.whatsapp.Webhook.text;
import static com.funnelseye.messaging.whatsapp.Webhook.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.whatsapp.RawEvent.Kind;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a webhook is taken apart into.
class EnvelopeTest {

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
        var quality = """
            {"field":"phone_number_quality_update","value":{"metadata":{"phone_number_id":"106"},"event":"FLAGGED"}}\
            """;
        assertThat(split("{\"entry\":[{\"changes\":[%s]}]}".formatted(quality)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.kind()).isEqualTo(Kind.OTHER);
                    assertThat(event.phoneNumberId()).isEqualTo("106");
                    assertThat(event.payload()).contains("\"field\":\"phone_number_quality_update\"", "FLAGGED");
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
}
