package com.funnelseye.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusWebhookTest {

    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.demo().withPort(0).withTiming(StatusTiming.immediate()));
    private final GraphClient client = new GraphClient(sandbox);
    private final Receiver receiver = Receiver.open(sandbox.options().verifyToken());

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
        receiver.close();
    }

    @Test
    void an_ordinary_message_is_sent_delivered_and_read_in_this_order() throws Exception {
        sandbox.deliverTo(receiver.address());
        var wamid = client.send("+44 20 7946 0000", "Good morning").wamid();

        assertThat(receiver.next().method()).isEqualTo("GET");
        for (var status : new String[] {"sent", "delivered", "read"}) {
            var webhook = receiver.next();
            assertThat(webhook.about()).isEqualTo(status);
            assertThat(webhook.value().at("/statuses/0/id").asString()).isEqualTo(wamid);
        }
        assertThat(sandbox.awaitIdle(Duration.ofSeconds(5))).isTrue();
    }
}
