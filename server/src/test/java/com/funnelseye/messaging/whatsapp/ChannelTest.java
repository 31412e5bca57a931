package com.funnelseye.messaging.whatsapp;

import static com.funnelseye.messaging.whatsapp.SocketMeta.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.http.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class ChannelTest {

    private static final GraphError EXPIRED = new GraphError(190, "Token expired", null, null);
    private static final String HEALTHY = "{\"verified_name\":\"Coaching\",\"status\":\"CONNECTED\"}";

    private final OwnDatabase database = OwnDatabase.empty();

    @Test
    void is_open_until_it_is_stopped_and_keeps_the_first_reason() throws IOException {
        var channel = channelTo(answering(200, HEALTHY));
        assertThat(channel.isOpen()).isTrue();

        channel.stop(EXPIRED);
        channel.stop(new GraphError(131031, "Locked", null, null));

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.stopped())
                .get()
                .extracting(Channel.Stop::code, Channel.Stop::title)
                .containsExactly(190, "Token expired");
    }

    @Test
    void refuses_in_the_documented_words_while_it_is_stopped() throws IOException {
        var channel = channelTo(answering(200, HEALTHY));
        channel.requireOpen();
        channel.stop(EXPIRED);

        assertThatThrownBy(channel::requireOpen).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
            assertThat(refusal.code()).isEqualTo("CHANNEL_DOWN");
            assertThat(refusal.body().message()).isEqualTo("Failed to send message");
            assertThat(refusal.body().error()).isEqualTo("WhatsApp API error: Token expired");
            assertThat(refusal.body().data())
                    .isEqualTo(Map.of("whatsapp", Map.of("code", 190, "title", "Token expired")));
        });
    }

    @Test
    void a_good_health_call_opens_it_again() throws IOException {
        var channel = channelTo(
                answering(401, "{\"error\":{\"code\":190,\"message\":\"expired\"}}"),
                answering(502, "<html>"),
                answering(200, "{\"status\":\"RESTRICTED\"}"),
                answering(200, HEALTHY));
        channel.stop(EXPIRED);

        for (var look = 1; look <= 3; look++) {
            channel.probe();
            assertThat(channel.isOpen()).as("after look %d", look).isFalse();
        }
        channel.probe();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void an_open_channel_makes_no_health_calls() throws IOException {
        try (var meta = new SocketMeta(answering(200, HEALTHY))) {
            channelTo(meta).probe();
            assertThat(meta.requests).isEmpty();
        }
    }

    @Test
    void another_nodes_stop_is_noticed() throws Exception {
        var here = channelTo(answering(200, HEALTHY));
        var there = channelTo(answering(200, HEALTHY));
        assertThat(here.isOpen()).isTrue();

        there.stop(EXPIRED);
        for (var tries = 0; here.isOpen() && tries < 300; tries++) {
            Thread.sleep(10);
        }
        assertThat(here.isOpen()).isFalse();
    }

    private Channel channelTo(SocketMeta.Reaction... reactions) throws IOException {
        return channelTo(new SocketMeta(reactions));
    }

    private Channel channelTo(SocketMeta meta) {
        var account = Accounts.at(meta.url());
        return new Channel(
                database.jdbc, new WhatsApp(account, new GraphClient(account, 1, Duration.ofSeconds(2))), account);
    }
}
