package com.funnelseye.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendingTest {

    private static final String TO = "+447700900123";

    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.demo().withPort(0).withTiming(StatusTiming.manual()));
    private final GraphClient client = new GraphClient(sandbox);
    private final String messages = "/v25.0/" + sandbox.options().phoneNumberId() + "/messages";
    private final String bearer = "Bearer " + sandbox.options().accessToken();

    @BeforeAll
    void open() {
        client.patience(Duration.ofSeconds(5));
    }

    @AfterAll
    void close() {
        client.close();
        sandbox.close();
    }

    @Test
    void a_text_is_accepted_in_metas_shape_and_remembered() throws Exception {
        var body = GraphClient.text("+44 7700 900123", "Grüße 🙂").put("biz_opaque_callback_data", "attempt-1");
        body.putObject("context").put("message_id", "wamid.QUOTED");
        var answer = client.post(body.toString());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("messaging_product").asString()).isEqualTo("whatsapp");
        assertThat(answer.json().at("/contacts/0/input").asString()).isEqualTo("+44 7700 900123");
        assertThat(answer.json().at("/contacts/0/wa_id").asString()).isEqualTo("447700900123");
        var acceptance = sandbox.acceptances().getLast();
        assertThat(acceptance.wamid()).isEqualTo(answer.wamid());
        assertThat(acceptance.text()).isEqualTo("Grüße 🙂");
        assertThat(acceptance.callbackData()).isEqualTo("attempt-1");
        assertThat(acceptance.quoting()).isEqualTo("wamid.QUOTED");
        assertThat(acceptance.request()).isEqualTo(body.toString());
        assertThat(sandbox.requests().getLast().wamid()).isEqualTo(answer.wamid());
    }

    @Test
    void a_wamid_says_who_it_is_for_and_in_which_direction() throws Exception {
        var outbound = client.send(TO, "Hello").wamid();
        var inbound = sandbox.customerWrites(TO, "Amara", "Hi");

        assertThat(Wamids.decode(outbound)).contains(new Wamids.Decoded("447700900123", false));
        assertThat(Wamids.decode(inbound)).contains(new Wamids.Decoded("447700900123", true));
        var bytes = Base64.getDecoder().decode(outbound.substring("wamid.".length()));
        assertThat(HexFormat.of().formatHex(bytes)).matches("1c180c343437373030393030313233150200111814[0-9a-f]{40}00");
    }

    @Test
    void the_same_seed_gives_the_same_wamids() {
        var one = new Wamids(7);
        var other = new Wamids(7);

        assertThat(List.of(one.outbound("447700900123"), one.outbound("447700900123")))
                .isEqualTo(List.of(other.outbound("447700900123"), other.outbound("447700900123")))
                .doesNotHaveDuplicates();
    }

    @Test
    void any_version_or_none_is_served_and_echoed() throws Exception {
        var path = "/" + sandbox.options().phoneNumberId();

        for (var version : List.of("v21.0", "v25.0", "v99.0")) {
            var answer = client.get("/" + version + path);
            assertThat(answer.response().headers().firstValue("facebook-api-version"))
                    .contains(version);
        }
        assertThat(client.get(path).status()).isEqualTo(200);
    }

    @Test
    void every_answer_carries_metas_headers() throws Exception {
        var headers = client.send(TO, "Hello").response().headers();

        assertThat(headers.firstValue("x-fb-request-id")).isPresent();
        assertThat(headers.firstValue("x-fb-trace-id")).isPresent();
        assertThat(Json.parse(headers.firstValue("x-business-use-case-usage").orElseThrow())
                        .path(sandbox.options().businessAccountId())
                        .isArray())
                .isTrue();
    }

    @Test
    void a_missing_or_wrong_token_is_401_with_code_190() throws Exception {
        var body = GraphClient.text(TO, "Hello").toString();

        for (var answer : List.of(
                client.call("POST", messages, body, null), client.call("POST", messages, body, "Bearer EAAwrong"))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo(190);
            assertThat(answer.json().at("/error/type").asString()).isEqualTo("OAuthException");
            assertThat(answer.json().at("/error/fbtrace_id").asString()).startsWith("A");
        }
    }

    @Test
    void an_unknown_id_is_a_missing_object() throws Exception {
        var answer = client.call(
                "POST", "/v25.0/42/messages", GraphClient.text(TO, "Hello").toString(), bearer);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(100);
        assertThat(answer.json().at("/error/error_subcode").asInt()).isEqualTo(33);
        assertThat(answer.json().at("/error/type").asString()).isEqualTo("GraphMethodException");
        assertThat(answer.json().at("/error/message").asString()).contains("Object with ID '42' does not exist");
        assertThat(sandbox.requests().getLast().phoneNumberId()).isEqualTo("42");
    }

    static Stream<Arguments> refusals() {
        var text = GraphClient.text(TO, "x").toString();
        return Stream.of(
                Arguments.of("no JSON", "{oops", 100, "Invalid parameter"),
                Arguments.of("no object", "[]", 100, "Invalid parameter"),
                Arguments.of("no product", text.replace("messaging_product", "other"), 100, "messaging_product"),
                Arguments.of("no recipient", text.replace("\"to\"", "\"at\""), 100, "The parameter to is required"),
                Arguments.of(
                        "bad recipient", GraphClient.text("call me", "x").toString(), 131009, "value is not valid"),
                Arguments.of("short recipient", GraphClient.text("+12345", "x").toString(), 131009, "not valid"),
                Arguments.of("itself", GraphClient.text("+16505550199", "x").toString(), 131021, "sender"),
                Arguments.of("no text", text.replace("\"text\":{", "\"test\":{"), 100, "The parameter text"),
                Arguments.of("empty text", GraphClient.text(TO, "").toString(), 100, "text['body'] is required"),
                Arguments.of("long text", GraphClient.text(TO, "x".repeat(4097)).toString(), 100, "at most 4096"),
                Arguments.of("another type", text.replace("\"type\":\"text\"", "\"type\":\"sticker\""), 131051, "type"),
                Arguments.of(
                        "no image", text.replace("\"type\":\"text\"", "\"type\":\"image\""), 100, "parameter image is"),
                Arguments.of("no link", media("image", "caption", "x"), 100, "image['link'] is required"),
                Arguments.of("bad link", media("video", "link", "file:///etc/passwd"), 131009, "value is not valid"),
                Arguments.of("an id", media("image", "id", "1037543291543636"), 131009, "value is not valid"),
                Arguments.of(
                        "id and link", media("image", "id", "1", "link", "https://example.com/a.jpg"), 100, "one of"),
                Arguments.of(
                        "long caption",
                        media("image", "link", "https://example.com/a.jpg", "caption", "x".repeat(1025)),
                        100,
                        "at most 1024"),
                Arguments.of(
                        "audio with caption",
                        media("audio", "link", "https://example.com/a.mp3", "caption", "x"),
                        100,
                        "caption"),
                Arguments.of("no type", text.replace("\"type\":\"text\"", "\"type\":\"poem\""), 100, "one of"),
                Arguments.of(
                        "long callback data",
                        GraphClient.text(TO, "x")
                                .put("biz_opaque_callback_data", "x".repeat(513))
                                .toString(),
                        100,
                        "at most 512"));
    }

    private static String media(String type, String... fields) {
        var body = GraphClient.text(TO, "").put("type", type);
        body.remove("text");
        var media = body.putObject(type);
        for (var at = 0; at < fields.length; at += 2) {
            media.put(fields[at], fields[at + 1]);
        }
        return body.toString();
    }

    @Test
    void a_file_behind_a_link_is_accepted_with_its_caption_and_name() throws Exception {
        var answer = client.post(
                media("document", "link", "https://example.com/plan.pdf", "caption", "Week 1", "filename", "plan.pdf"));

        assertThat(answer.status()).isEqualTo(200);
        var acceptance = sandbox.acceptances().getLast();
        assertThat(acceptance.type()).isEqualTo("document");
        assertThat(acceptance.link()).isEqualTo("https://example.com/plan.pdf");
        assertThat(acceptance.text()).isEqualTo("Week 1");
        assertThat(acceptance.filename()).isEqualTo("plan.pdf");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void what_meta_refuses_is_refused_in_its_shape(String what, String body, int code, String message)
            throws Exception {
        var before = sandbox.acceptances().size();
        var answer = client.post(body);

        assertThat(answer.status()).as(what).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().at("/error/message").asString())
                .startsWith("(#" + code + ") ")
                .contains(message);
        assertThat(answer.json().at("/error/error_data/messaging_product").asString())
                .isEqualTo("whatsapp");
        assertThat(answer.json().at("/error/error_data/details").asString()).isNotEmpty();
        assertThat(sandbox.acceptances()).hasSize(before);
        var call = sandbox.requests().getLast();
        assertThat(call.request()).isEqualTo(body);
        assertThat(call.errorCode()).isEqualTo(code);
        assertThat(call.wamid()).isNull();
    }

    @Test
    void the_longest_text_is_counted_in_characters() throws Exception {
        assertThat(client.send(TO, "🙂".repeat(4096)).status()).isEqualTo(200);
    }

    @Test
    void a_customers_message_can_be_marked_as_read_and_typing_shown() throws Exception {
        var wamid = sandbox.customerWrites(TO, "Amara", "Hi");
        var body = Json.object()
                .put("messaging_product", "whatsapp")
                .put("status", "read")
                .put("message_id", wamid);
        body.putObject("typing_indicator").put("type", "text");
        var answer = client.post(body.toString());

        assertThat(answer.json()).isEqualTo(Json.parse("{\"success\":true}"));
        var chat =
                client.call("GET", "/sandbox/phones/447700900123", null, null).json();
        assertThat(chat.path("typing").asBoolean()).isTrue();
        assertThat(chat.path("messages").findValues("readByBusiness").getLast().asBoolean())
                .isTrue();
    }

    @Test
    void only_a_customers_message_can_be_marked_as_read() throws Exception {
        var body = Json.object()
                .put("messaging_product", "whatsapp")
                .put("status", "read")
                .put("message_id", client.send(TO, "Hello").wamid());

        assertThat(client.post(body.toString()).code()).isEqualTo(131009);
    }

    @Test
    void the_number_describes_itself() throws Exception {
        var number =
                client.get("/v25.0/" + sandbox.options().phoneNumberId() + "?fields=status,throughput,health_status");
        var list = client.get("/v25.0/" + sandbox.options().businessAccountId() + "/phone_numbers");
        var odd = client.get("/v25.0/" + sandbox.options().phoneNumberId() + "?fields=shoe_size");

        assertThat(number.json().path("status").asString()).isEqualTo("CONNECTED");
        assertThat(number.json().at("/throughput/level").asString()).isEqualTo("STANDARD");
        assertThat(number.json().at("/health_status/can_send_message").asString())
                .isEqualTo("AVAILABLE");
        assertThat(list.json().at("/data/0/id").asString())
                .isEqualTo(sandbox.options().phoneNumberId());
        assertThat(odd.code()).isEqualTo(100);
    }
}
