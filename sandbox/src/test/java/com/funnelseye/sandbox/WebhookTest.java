package com.funnelseye.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final String TO = "+447700900123";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.demo()
            .withPort(0)
            .withTiming(StatusTiming.immediate())
            .withClock(Clock.fixed(NOW, ZoneOffset.UTC)));
    private final GraphClient client = new GraphClient(sandbox);
    private final Receiver receiver = Receiver.open(sandbox.options().verifyToken());

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
        receiver.close();
    }

    @Test
    void nothing_comes_before_the_handshake() throws Exception {
        client.send(TO, "Before the address is known");
        sandbox.deliverTo(receiver.address());

        var handshake = receiver.next();
        assertThat(handshake.method()).isEqualTo("GET");
        assertThat(handshake.query())
                .contains("hub.mode=subscribe", "hub.challenge=", "hub.verify_token=sandbox-verify-token");
        assertThat(receiver.next().about()).isEqualTo("sent");
    }

    @Test
    void a_receiver_that_is_not_up_yet_is_asked_again() throws Exception {
        var port = receiver.address().getPort();
        var address = receiver.address();
        receiver.close();
        sandbox.deliverTo(address);
        client.send(TO, "Hello");
        assertThat(sandbox.awaitHandshake(Duration.ofMillis(150))).isFalse();

        try (var late = Receiver.open(sandbox.options().verifyToken(), port)) {
            assertThat(late.next().method()).isEqualTo("GET");
            assertThat(late.next().about()).isEqualTo("sent");
        }
    }

    @Test
    void a_receiver_with_another_verify_token_gets_nothing() throws Exception {
        try (var stranger = Receiver.open("another-token")) {
            sandbox.deliverTo(stranger.address());
            client.send(TO, "Hello");

            assertThat(stranger.next().method()).isEqualTo("GET");
            assertThat(stranger.next().method()).isEqualTo("GET");
            assertThat(sandbox.awaitHandshake(Duration.ZERO)).isFalse();
        }
    }

    @Test
    void an_ordinary_message_is_sent_delivered_and_read_in_this_order() throws Exception {
        subscribe();
        var body = GraphClient.text(TO, "Good morning").put("biz_opaque_callback_data", "attempt-7");
        var wamid = client.post(body.toString()).wamid();

        for (var expected : new String[] {"sent", "delivered", "read"}) {
            var value = receiver.next().value();
            var status = value.at("/statuses/0");
            assertThat(status.path("status").asString()).isEqualTo(expected);
            assertThat(status.path("id").asString()).isEqualTo(wamid);
            assertThat(status.path("recipient_id").asString()).isEqualTo("447700900123");
            assertThat(status.path("timestamp").asString()).isEqualTo("1795348800");
            assertThat(status.path("biz_opaque_callback_data").asString()).isEqualTo("attempt-7");
            assertThat(status.has("conversation")).isFalse();
            assertThat(status.at("/pricing/pricing_model").asString("none"))
                    .isEqualTo(expected.equals("read") ? "none" : "PMP");
            assertThat(value.at("/metadata/phone_number_id").asString())
                    .isEqualTo(sandbox.options().phoneNumberId());
            assertThat(value.at("/metadata/display_phone_number").asString()).isEqualTo("16505550199");
        }
        assertIdle();
    }

    @Test
    void ordinary_statuses_come_within_three_seconds() throws Exception {
        var options = SandboxOptions.demo().withPort(0);
        try (var natural = Sandbox.start(options);
                var sender = new GraphClient(natural)) {
            natural.deliverTo(receiver.address());
            sender.send(TO, "Hello");
            assertThat(natural.awaitIdle(Duration.ofSeconds(3))).isTrue();
        }
        assertThat(receiver.waiting()).isEqualTo(4);
    }

    @Test
    void the_signature_is_over_the_escaped_bytes() throws Exception {
        subscribe();
        sandbox.customerWrites(TO, "Zoë", "naïve 🙂 https://example.com/a");

        var webhook = receiver.next();
        assertThat(webhook.body())
                .contains("na\\u00efve \\ud83d\\ude42 https:\\/\\/example.com\\/a", "Zo\\u00eb")
                .matches("\\p{ASCII}*");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(sandbox.options().appSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var expected = HexFormat.of().formatHex(mac.doFinal(webhook.body().getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(webhook.signature()).isEqualTo("sha256=" + expected);
    }

    @Test
    void a_customers_text_carries_name_time_and_quote() throws Exception {
        subscribe();
        var wamid = sandbox.customerWrites(CustomerText.of("+44 7700 900123", "Amara Okafor", "Yes, that one")
                .at(Instant.parse("2026-01-31T12:00:00Z"))
                .quoting("wamid.EARLIER"));

        var value = receiver.next().value();
        assertThat(value.at("/contacts/0/profile/name").asString()).isEqualTo("Amara Okafor");
        assertThat(value.at("/contacts/0/wa_id").asString()).isEqualTo("447700900123");
        var message = value.at("/messages/0");
        assertThat(message.path("id").asString()).isEqualTo(wamid);
        assertThat(message.path("from").asString()).isEqualTo("447700900123");
        assertThat(message.path("timestamp").asString()).isEqualTo("1769860800");
        assertThat(message.at("/text/body").asString()).isEqualTo("Yes, that one");
        assertThat(message.at("/context/id").asString()).isEqualTo("wamid.EARLIER");
        assertThat(message.at("/context/from").asString()).isEqualTo("16505550199");
    }

    @Test
    void an_unanswered_webhook_is_tried_again_before_the_next_of_its_message() throws Exception {
        subscribe();
        receiver.answerNext(503, 503);
        client.send(TO, "Hello");

        for (var expected : new String[] {"sent", "sent", "sent", "delivered", "read"}) {
            assertThat(receiver.next().about()).isEqualTo(expected);
        }
        assertIdle();
    }

    @Test
    void held_webhooks_wait_and_set_out_in_order() throws Exception {
        subscribe();
        sandbox.holdWebhooks();
        client.send(TO, "Hello");
        sandbox.customerWrites("+447700900456", "Ben", "Hi");
        awaitPending(4);
        assertThat(receiver.waiting()).isZero();

        sandbox.releaseWebhooks();
        assertIdle();
        assertThat(receiver.waiting()).isEqualTo(4);
    }

    @Test
    void held_webhooks_can_be_delivered_backwards_twice_or_never() throws Exception {
        subscribe();
        sandbox.holdWebhooks();
        client.send(TO, "Hello");
        awaitPending(3);
        var pending = sandbox.pending();

        assertThat(sandbox.deliver(pending.get(2))).isEqualTo(200);
        assertThat(sandbox.deliver(pending.get(0))).isEqualTo(200);
        assertThat(sandbox.deliver(pending.get(0))).isEqualTo(200);
        assertThat(sandbox.drop(pending.get(1))).isTrue();
        assertThat(sandbox.drop(pending.get(1))).isFalse();
        sandbox.releaseWebhooks();
        assertIdle();
        for (var expected : new String[] {"read", "sent", "sent"}) {
            assertThat(receiver.next().about()).isEqualTo(expected);
        }
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void the_statuses_of_different_messages_do_not_wait_for_each_other() throws Exception {
        subscribe();
        receiver.answerNext(503);
        var first = client.send(TO, "The first webhook of this one is refused");
        assertThat(receiver.next().about()).isEqualTo("sent");
        var second = client.send("+447700900456", "Hello").wamid();

        for (var expected : new String[] {"sent", "delivered", "read"}) {
            var webhook = receiver.next();
            assertThat(webhook.about()).isEqualTo(expected);
            assertThat(webhook.value().at("/statuses/0/id").asString()).isEqualTo(second);
        }
        assertThat(first.status()).isEqualTo(200);
    }

    @Test
    void a_test_may_report_and_let_customers_read_itself() throws Exception {
        var options = sandbox.options().withTiming(StatusTiming.manual());
        try (var manual = Sandbox.start(options);
                var sender = new GraphClient(manual)) {
            manual.deliverTo(receiver.address());
            receiver.next();
            var wamid = sender.send(TO, "Hello").wamid();
            manual.report(wamid, Status.DELIVERED);
            manual.reportFailed(wamid, GraphError.of(131026));
            assertThat(manual.customerReads(TO)).isEqualTo(1);
            assertThat(manual.customerReads(TO)).isZero();

            for (var expected : new String[] {"delivered", "failed", "read"}) {
                assertThat(receiver.next().about()).isEqualTo(expected);
            }
        }
    }

    private void subscribe() throws InterruptedException {
        sandbox.deliverTo(receiver.address());
        assertThat(receiver.next().method()).isEqualTo("GET");
        assertThat(sandbox.awaitHandshake(Duration.ofSeconds(5))).isTrue();
    }

    /// Held webhooks only gather, so this yields to the thread that answers until it has gathered them.
    private void awaitPending(int count) {
        var deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (sandbox.pending().size() < count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(sandbox.pending()).hasSize(count);
    }

    private void assertIdle() throws InterruptedException {
        assertThat(sandbox.awaitIdle(Duration.ofSeconds(5))).isTrue();
    }
}
