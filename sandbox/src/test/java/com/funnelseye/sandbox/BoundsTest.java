package com.funnelseye.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundsTest {

    @Test
    void a_log_forgets_its_oldest_entries_and_keeps_their_numbers() {
        var log = new BoundedLog<Long>(3);
        for (var n = 0; n < 5; n++) {
            log.append(number -> number);
        }

        assertThat(log.all()).containsExactly(3L, 4L, 5L);
        assertThat(log.after(4, 10)).containsExactly(5L);
        assertThat(log.after(0, 2)).containsExactly(3L, 4L);
        assertThat(log.last()).isEqualTo(5);
    }

    @Test
    void a_phone_keeps_its_last_thousand_messages() {
        var chats = new Chats(Clock.systemUTC(), new Changes());
        for (var n = 0; n < Chats.MOST_PER_PHONE + 1; n++) {
            chats.written(CustomerText.of("+447700900123", null, "text " + n), "wamid." + n, Instant.EPOCH);
        }

        assertThat(chats.find("wamid.0")).isEmpty();
        assertThat(chats.look("447700900123").orElseThrow().messages())
                .hasSize(Chats.MOST_PER_PHONE)
                .first()
                .extracting(Chats.MessageView::text)
                .isEqualTo("text 1");
    }

    @Test
    void a_phone_goes_with_its_last_message() {
        var chats = new Chats(Clock.systemUTC(), new Changes());
        for (var n = 0; n < Chats.MOST_MESSAGES + 1; n++) {
            var from = "44" + (7_700_000_000L + n);
            chats.written(CustomerText.of(from, null, "Hi"), "wamid." + n, Instant.EPOCH);
        }

        assertThat(chats.find("wamid.0")).isEmpty();
        assertThat(chats.look("447700000000")).isEmpty();
        assertThat(chats.phoneCount()).isEqualTo(Chats.MOST_MESSAGES);
    }

    @Test
    void options_come_from_flags_before_the_environment() {
        var given = SandboxMain.given(
                new String[] {"--port", "7000"}, Map.of("SANDBOX_PORT", "6000", "SANDBOX_APP_SECRET", "secret"));
        var options = SandboxMain.options(given);

        assertThat(options.port()).isEqualTo(7000);
        assertThat(options.appSecret()).isEqualTo("secret");
        assertThat(options.bindAddress()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> SandboxMain.given(new String[] {"--prot", "1"}, Map.of()))
                .hasMessage("There is no option --prot");
    }
}
