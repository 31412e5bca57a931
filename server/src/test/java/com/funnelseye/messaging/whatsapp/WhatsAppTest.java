package com.funnelseye.messaging.whatsapp;

import static com.funnelseye.messaging.whatsapp.SocketMeta.answering;
import static com.funnelseye.messaging.whatsapp.SocketMeta.resetting;
import static com.funnelseye.messaging.whatsapp.SocketMeta.silent;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.whatsapp.SendResult.Accepted;
import com.funnelseye.messaging.whatsapp.SendResult.Ambiguous;
import com.funnelseye.messaging.whatsapp.SendResult.ChannelDown;
import com.funnelseye.messaging.whatsapp.SendResult.Later;
import com.funnelseye.messaging.whatsapp.SendResult.NotSent;
import com.funnelseye.messaging.whatsapp.SendResult.Rejected;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppTest {

    private static final Duration DEADLINE = Duration.ofMillis(400);
    private static final UUID ATTEMPT = UUID.fromString("0197f000-0000-7000-8000-000000000001");
    private static final String TAKEN = """
        {"messaging_product":"whatsapp","contacts":[{"input":"+16505550100","wa_id":"16505550100"}],\
        "messages":[{"id":"wamid.HBgLMTY1MDU1NTAxMDA"}]}\
        """;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (var each : open) {
            each.close();
        }
    }

    @Test
    void knows_the_wamid_of_an_accepted_message() throws IOException {
        assertThat(sendTo(answering(200, TAKEN))).isEqualTo(new Accepted("wamid.HBgLMTY1MDU1NTAxMDA", "16505550100"));
    }

    @Test
    void sends_what_meta_documents() throws IOException {
        var meta = meta(answering(200, TAKEN));
        var outgoing = new Outgoing(ATTEMPT, "+16505550100", new Outgoing.Text("Señor 👋"), "wamid.quoted");

        whatsAppAt(meta.url()).send(outgoing);

        assertThat(meta.requests.getFirst())
                .startsWith("POST /v25.0/100000000000001/messages?appsecret_proof=")
                .contains("Authorization: Bearer the-token\r\n", "Content-Type: application/json")
                .endsWith("""
                    {"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505550100",\
                    "biz_opaque_callback_data":"0197f000-0000-7000-8000-000000000001",\
                    "context":{"message_id":"wamid.quoted"},"type":"text",\
                    "text":{"body":"Se\\u00F1or \\uD83D\\uDC4B"}}\
                    """);
    }

    @Test
    void an_accepted_template_may_carry_a_status_and_no_phone_number() throws IOException {
        var answer =
                "{\"contacts\":[{\"user_id\":\"US.1\"}],\"messages\":[{\"id\":\"wamid.A\",\"message_status\":\"accepted\"}]}";
        assertThat(sendTo(answering(200, answer))).isEqualTo(new Accepted("wamid.A", null));
    }

    @Test
    void a_refused_connection_proves_that_nothing_was_sent() throws IOException {
        var port = freePort();
        assertThat(whatsAppAt("http://127.0.0.1:" + port).send(hello())).isInstanceOf(NotSent.class);
    }

    @Test
    void an_unknown_host_proves_that_nothing_was_sent() {
        assertThat(whatsAppAt("https://graph.invalid").send(hello())).isInstanceOf(NotSent.class);
    }

    @Test
    void a_failed_tls_handshake_proves_that_nothing_was_sent() throws IOException {
        var meta = meta(resetting());
        assertThat(whatsAppAt(meta.url().replace("http:", "https:")).send(hello()))
                .isInstanceOf(NotSent.class);
    }

    @Test
    void a_tls_handshake_that_hangs_proves_that_nothing_was_sent() throws IOException {
        try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var result = whatsAppAt("https://127.0.0.1:" + deaf.getLocalPort()).send(hello());
            assertThat(result).isInstanceOf(NotSent.class);
        }
    }

    @Test
    void giving_up_while_waiting_for_a_free_connection_proves_that_nothing_was_sent() throws Exception {
        var meta = meta(silent());
        var whatsApp = whatsAppAt(meta.url());
        var results = new ConcurrentHashMap<String, SendResult>();
        var first = Thread.ofVirtual().start(() -> results.put("first", whatsApp.send(hello())));
        await(() -> meta.requests.size() == 1);
        var second = Thread.ofVirtual().start(() -> results.put("second", whatsApp.send(hello())));
        await(() -> second.getState() == Thread.State.TIMED_WAITING);

        second.interrupt();
        second.join();
        first.join();

        assertThat(results.get("second")).isInstanceOf(NotSent.class);
        assertThat(results.get("first")).isInstanceOf(Ambiguous.class);
        assertThat(meta.requests).hasSize(1);
    }

    @Test
    void a_reset_after_the_request_is_ambiguous() throws IOException {
        assertThat(sendTo(resetting())).isInstanceOf(Ambiguous.class);
    }

    @Test
    void a_reset_on_a_reused_connection_is_ambiguous_and_not_tried_again() throws IOException {
        var meta = meta(answering(200, TAKEN), resetting());
        var whatsApp = whatsAppAt(meta.url());

        assertThat(whatsApp.send(hello())).isInstanceOf(Accepted.class);
        assertThat(whatsApp.send(hello())).isInstanceOf(Ambiguous.class);
        assertThat(meta.requests).hasSize(2);
    }

    @Test
    void a_connection_that_died_while_idle_is_ambiguous_once_the_request_has_begun() throws Exception {
        var meta = meta(socket -> {
            answering(200, TAKEN).to(socket);
            socket.getOutputStream().flush();
            Thread.sleep(30);
            SocketMeta.reset(socket);
        });
        var whatsApp = whatsAppAt(meta.url());

        assertThat(whatsApp.send(hello())).isInstanceOf(Accepted.class);
        Thread.sleep(60);
        assertThat(whatsApp.send(hello())).isInstanceOf(Ambiguous.class);
    }

    @Test
    void silence_is_ambiguous_when_the_deadline_has_passed() throws IOException {
        var start = System.nanoTime();
        assertThat(sendTo(silent())).isEqualTo(new Ambiguous("no answer within PT0.4S", null));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(DEADLINE, DEADLINE.multipliedBy(4));
    }

    @Test
    void an_answer_that_drips_ends_at_the_deadline_too() throws IOException {
        var start = System.nanoTime();
        var result = sendTo(socket -> {
            var out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (var i = 0; i < 1000; i++) {
                out.write(' ');
                Thread.sleep(50);
            }
        });
        assertThat(result).isInstanceOf(Ambiguous.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(DEADLINE, DEADLINE.multipliedBy(4));
    }

    @Test
    void an_endless_answer_is_not_read() throws IOException {
        var result = sendTo(socket -> {
            var out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[8192]);
            }
        });
        assertThat(result).isEqualTo(new Ambiguous("IOException: answer over 65536 bytes", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"messaging_product\":\"whatsapp\",\"mess",
                "<html>fine</html>",
                "[]",
                "{}",
                "null",
                "{\"messages\":[{\"id\":\"\"}]}",
                "{\"messages\":{\"id\":\"wamid.A\"}}",
                "{\"error\":\"no code\"}"
            })
    void a_success_without_a_readable_wamid_is_ambiguous(String body) throws IOException {
        assertThat(sendTo(answering(200, body))).isEqualTo(new Ambiguous("HTTP 200 without a readable body", null));
    }

    @Test
    void a_body_cut_short_is_ambiguous() throws IOException {
        var result = sendTo(socket -> {
            var cut = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + TAKEN;
            socket.getOutputStream().write(cut.getBytes(StandardCharsets.UTF_8));
            socket.close();
        });
        assertThat(result).isInstanceOf(Ambiguous.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 404, 429, 500, 502, 503})
    void what_the_edge_answers_instead_of_graph_is_ambiguous_and_never_followed(int status) throws IOException {
        var meta = meta(answering(status, "Location: /elsewhere\r\nContent-Type: text/html\r\n", "<html>Oops</html>"));

        assertThat(whatsAppAt(meta.url()).send(hello()))
                .isEqualTo(new Ambiguous("HTTP %d without a readable body".formatted(status), null));
        assertThat(meta.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 429, 500, 503})
    void an_error_is_judged_by_its_code_whatever_the_http_status(int status) throws IOException {
        var meta = meta(answering(
                status,
                "WWW-Authenticate: OAuth \"Facebook Platform\" \"invalid_request\"\r\nRetry-After: 1\r\n",
                error(3, "\"error_data\":{\"details\":\"more\"}")));

        assertThat(whatsAppAt(meta.url()).send(hello()))
                .isEqualTo(new ChannelDown(new GraphError(3, "What went wrong", "more", "Az8or2y")));
        assertThat(meta.requests).hasSize(1);
    }

    @Test
    void details_may_be_a_bare_text() throws IOException {
        assertThat(sendTo(answering(400, error(131026, "\"error_data\":\"not on WhatsApp\""))))
                .isEqualTo(new Rejected(new GraphError(131026, "What went wrong", "not on WhatsApp", "Az8or2y")));
    }

    @Test
    void a_quota_says_when_access_comes_back() throws IOException {
        var usage = "x-business-use-case-usage:"
                + " {\"1\":[{\"type\":\"whatsapp\",\"estimated_time_to_regain_access\":7}]}\r\n";
        assertThat(sendTo(answering(400, usage, error(80007, "\"x\":1"))))
                .isInstanceOfSatisfying(
                        Later.class, later -> assertThat(later.pause()).isEqualTo(Duration.ofMinutes(7)));
    }

    @Test
    void marking_as_read_ends_well_or_is_repeated_or_given_up() throws IOException {
        assertThat(markReadAt(answering(200, "{\"success\":true}"))).isEqualTo(MarkReadResult.DONE);
        assertThat(markReadAt(answering(502, "<html>"))).isEqualTo(MarkReadResult.TRY_LATER);
        assertThat(markReadAt(resetting())).isEqualTo(MarkReadResult.TRY_LATER);
        assertThat(markReadAt(answering(400, error(190, "\"x\":1")))).isEqualTo(MarkReadResult.TRY_LATER);
        assertThat(markReadAt(answering(400, error(131009, "\"x\":1")))).isEqualTo(MarkReadResult.REFUSED);
    }

    @Test
    void a_health_call_tells_what_meta_tells() throws IOException {
        var meta = meta(
                answering(
                        200,
                        "{\"verified_name\":\"Coaching\",\"quality_rating\":\"GREEN\",\"throughput\":{\"level\":\"STANDARD\"}}"));

        assertThat(whatsAppAt(meta.url()).check())
                .isEqualTo(new Health.Up("Coaching", null, "GREEN", null, "STANDARD"));
        assertThat(meta.requests.getFirst())
                .startsWith("GET /v25.0/100000000000001?fields=verified_name,display_phone_number,"
                        + "quality_rating,status,throughput&appsecret_proof=");
    }

    @Test
    void a_health_call_may_be_refused_or_lost() throws IOException {
        assertThat(whatsAppAt(meta(answering(401, error(190, "\"x\":1"))).url()).check())
                .isInstanceOf(Health.Refused.class);
        assertThat(whatsAppAt(meta(answering(200, "<html>")).url()).check()).isInstanceOf(Health.Unreachable.class);
        assertThat(whatsAppAt(meta(resetting()).url()).check()).isInstanceOf(Health.Unreachable.class);
    }

    private SendResult sendTo(SocketMeta.Reaction... reactions) throws IOException {
        return whatsAppAt(meta(reactions).url()).send(hello());
    }

    private MarkReadResult markReadAt(SocketMeta.Reaction reaction) throws IOException {
        return whatsAppAt(meta(reaction).url()).markRead("wamid.A");
    }

    private SocketMeta meta(SocketMeta.Reaction... reactions) throws IOException {
        var meta = new SocketMeta(reactions);
        open.add(meta);
        return meta;
    }

    private WhatsApp whatsAppAt(String baseUrl) {
        var account = Accounts.at(baseUrl);
        var graph = new GraphClient(account, 1, DEADLINE);
        open.add(graph);
        return new WhatsApp(account, graph);
    }

    private static Outgoing hello() {
        return new Outgoing(ATTEMPT, "+16505550100", new Outgoing.Text("Hello"), null);
    }

    private static String error(int code, String more) {
        return """
            {"error":{"message":"(#%d) What went wrong","type":"OAuthException","code":%d,%s,"fbtrace_id":"Az8or2y"}}\
            """.formatted(code, code, more);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
