package com.funnelseye.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlApiTest {

    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.demo().withPort(0).withTiming(StatusTiming.immediate()));
    private final GraphClient client = new GraphClient(sandbox);

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
    }

    @Test
    void pages_of_other_origins_cannot_drive_it() throws Exception {
        var body = "{\"from\":\"+447700900123\",\"text\":\"Hi\"}";

        assertThat(inbound(body, "Origin", "https://example.com")).isEqualTo(403);
        assertThat(inbound(body, "Origin", "null")).isEqualTo(403);
        assertThat(inbound(body, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
        assertThat(inbound(body, "Content-Type", "text/plain")).isEqualTo(403);
        assertThat(inbound(body, "Origin", sandbox.baseUrl().toString())).isEqualTo(200);
        assertThat(sandbox.pending()).hasSize(1);
    }

    @Test
    void a_name_that_only_resolves_to_this_machine_is_refused() throws Exception {
        assertThat(rawStatus("GET /sandbox/state HTTP/1.1\r\nHost: evil.example:" + sandbox.port()))
                .contains(" 403 ");
        assertThat(rawStatus("GET /sandbox/state HTTP/1.1\r\nHost: 127.0.0.1:" + sandbox.port()))
                .contains(" 200 ");
    }

    @Test
    void a_customer_can_write_and_read() throws Exception {
        client.send("+447700900123", "Hello");
        var written = post("inbound", "{\"from\":\"+447700900123\",\"profileName\":\"Amara\",\"text\":\"Hi\"}");
        post("read", "{\"from\":\"+447700900123\"}");

        var wamid = written.json().path("wamid").asString();
        assertThat(Wamids.decode(wamid)).contains(new Wamids.Decoded("447700900123", true));
        var chat = get("phones/447700900123").json();
        assertThat(chat.path("profileName").asString()).isEqualTo("Amara");
        assertThat(chat.at("/messages/0/status").asString()).isEqualTo("read");
        assertThat(chat.at("/messages/1/wamid").asString()).isEqualTo(wamid);
    }

    @Test
    void the_phone_with_the_latest_message_comes_first() throws Exception {
        post("phones", "{\"number\":\"+44 7700 900456\",\"profileName\":\"Ben\"}");
        client.send("+447700900123", "Hello");
        var phones = get("phones").json().path("phones");

        assertThat(phones.at("/0/number").asString()).isEqualTo("447700900123");
        assertThat(phones.at("/0/unseen").asInt()).isEqualTo(1);
        assertThat(phones.at("/1/profileName").asString()).isEqualTo("Ben");
    }

    @Test
    void acceptances_are_told_in_order_and_in_parts() throws Exception {
        client.send("+447700900123", "one");
        client.send("+447700900123", "two");
        client.post("{}");

        assertThat(get("acceptances").json().path("acceptances").findValuesAsString("text"))
                .containsExactly("one", "two");
        assertThat(get("acceptances?after=1").json().path("acceptances").findValuesAsString("text"))
                .containsExactly("two");
        assertThat(get("requests").json().at("/requests/2/errorCode").asInt()).isEqualTo(100);
        assertThat(get("acceptances?after=x").status()).isEqualTo(400);
    }

    @Test
    void faults_can_be_ordered_and_cleared() throws Exception {
        post("faults", "{\"kind\":\"refused\",\"code\":131016,\"times\":2,\"to\":\"+447700900123\"}");
        assertThat(client.send("+447700900123", "Hello").code()).isEqualTo(131016);
        client.call("DELETE", "/sandbox/faults", null, null);

        assertThat(client.send("+447700900123", "Hello").status()).isEqualTo(200);
        assertThat(post("faults", "{\"kind\":\"earthquake\"}").status()).isEqualTo(400);
    }

    @Test
    void webhooks_can_be_held_delivered_and_dropped() throws Exception {
        post("webhooks/hold", "{}");
        sandbox.customerWrites("+447700900123", "Amara", "one");
        sandbox.customerWrites("+447700900123", "Amara", "two");
        try (var receiver = Receiver.open(sandbox.options().verifyToken())) {
            post("webhook", "{\"url\":\"" + receiver.address() + "\"}");
            assertThat(sandbox.awaitHandshake(Duration.ofSeconds(5))).isTrue();
            var pending = get("webhooks").json().path("pending");
            var first = pending.at("/0/id").asInt();
            var second = pending.at("/1/id").asInt();

            assertThat(post("webhooks/" + second + "/deliver", "{}")
                            .json()
                            .path("httpStatus")
                            .asInt())
                    .isEqualTo(200);
            assertThat(client.call("DELETE", "/sandbox/webhooks/" + first, null, null)
                            .status())
                    .isEqualTo(200);
            assertThat(get("state").json().at("/webhook/deliveries/held").asBoolean())
                    .isTrue();
            assertThat(post("webhooks/release", "{}").status()).isEqualTo(200);
            assertThat(sandbox.pending()).isEmpty();
            receiver.next();
            assertThat(receiver.next().about()).isEqualTo("two");
        }
    }

    @Test
    void an_open_page_does_not_hold_up_the_close() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
            socket.setSoTimeout(5_000);
            write(socket, "GET /sandbox/events HTTP/1.1\r\nHost: localhost:" + sandbox.port());
            readUntil(socket.getInputStream(), "data: 0");

            assertThat(Thread.ofVirtual().start(sandbox::close).join(Duration.ofSeconds(3)))
                    .isTrue();
        }
    }

    @Test
    void nonsense_is_refused_in_a_sentence() throws Exception {
        assertThat(post("inbound", "{\"from\":\"me\",\"text\":\"Hi\"}")
                        .json()
                        .path("error")
                        .asString())
                .isEqualTo("'me' is not a phone number in E.164");
        assertThat(post("inbound", "{oops").status()).isEqualTo(400);
        assertThat(get("nothing").status()).isEqualTo(404);
    }

    @Test
    void the_page_trusts_nothing_but_its_own_files() throws Exception {
        var page = client.call("GET", "/", null, null);

        assertThat(page.text()).contains("Sandbox: no real WhatsApp").doesNotContain("http://", "https://");
        assertThat(page.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe");
        for (var file : new String[] {"/page.css", "/page.js", "/favicon.svg"}) {
            assertThat(client.call("GET", file, null, null).status()).isEqualTo(200);
        }
    }

    @Test
    void the_page_hears_of_every_change() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
            socket.setSoTimeout(5_000);
            write(socket, "GET /sandbox/events HTTP/1.1\r\nHost: localhost:" + sandbox.port());
            var stream = socket.getInputStream();
            readUntil(stream, "data: 0");
            sandbox.customerWrites("+447700900123", "Amara", "Hi");
            readUntil(stream, "data: 1");
        }
    }

    private int inbound(String body, String header, String value) throws Exception {
        return client.call("POST", "/sandbox/inbound", body, null, header, value)
                .status();
    }

    private GraphClient.Answer post(String path, String body) throws Exception {
        return client.call("POST", "/sandbox/" + path, body, null);
    }

    private GraphClient.Answer get(String path) throws Exception {
        return client.call("GET", "/sandbox/" + path, null, null);
    }

    private String rawStatus(String head) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
            socket.setSoTimeout(5_000);
            write(socket, head);
            return readUntil(socket.getInputStream(), "\r\n");
        }
    }

    private static void write(Socket socket, String head) throws IOException {
        socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String readUntil(InputStream stream, String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            var next = stream.read();
            if (next < 0) {
                throw new AssertionError("The stream ended after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }
}
