package com.funnelseye.messaging.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.RequestHeadersSpec;

/// Whatever is asked in whatever way, the answer has the documented shape and says nothing of how we are made.
class MannersTest extends ServerTest {

    private static final String API = "/api/messaging";
    private static final String SEND = API + "/send";
    private static final String JOHN = "+12125550123";

    private Person jane;

    /// Every answer of the test, looked at when it ends.
    private final List<Answer> answers = new ArrayList<>();

    @BeforeEach
    void somebody_is_logged_in() {
        jane = given.coach("Jane");
    }

    @AfterEach
    void every_answer_has_its_request_id_and_no_stack_trace() {
        assertThat(answers).isNotEmpty();
        for (var answer : answers) {
            assertThat(answer.headers().getFirst("X-Request-Id"))
                    .as(answer.text())
                    .isNotBlank();
            assertThat(answer.text()).doesNotContain("Exception", "\tat ", "\"trace\"", "org.", "java.");
            if (answer.status() >= 400) {
                var body = answer.body();
                assertThat(body.path("success").asBoolean(true))
                        .as(answer.text())
                        .isFalse();
                assertThat(body.path("message").asString("")).isNotBlank();
                assertThat(body.path("error").asString("")).isNotBlank();
                assertThat(body.path("code").asString("")).matches("[A-Z][A-Z_]+");
            }
        }
    }

    @Test
    void a_path_that_leads_nowhere_is_404() {
        for (var path : List.of("/api/messaging/nothing", "/api/nothing", "/api/messaging/inbox/conversation/a/b/c")) {
            assertThat(get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void another_method_is_405_and_names_the_right_ones() {
        for (var request : List.of("GET /send", "DELETE /send", "PATCH /inbox", "POST /inbox")) {
            var words = request.split(" ", 2);
            var answer = ask(jane.http().method(HttpMethod.valueOf(words[0])).uri(API + words[1]));
            assertThat(answer.status()).as(request).isEqualTo(405);
            assertThat(answer.headers().getAllow()).isNotEmpty();
        }
    }

    @Test
    void a_body_that_is_not_json_is_415() {
        for (var type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded")) {
            assertThat(post(SEND, "{}", type).status()).as(type).isEqualTo(415);
        }
        assertThat(post(SEND, "--x--", "multipart/form-data; boundary=x").status())
                .isIn(400, 415);
    }

    @Test
    void a_form_nobody_can_read_is_400() {
        assertThat(post(SEND, "{}", "multipart/form-data").status()).isEqualTo(400);
    }

    @Test
    void a_body_that_is_no_json_object_is_400() {
        for (var body : List.of(
                "",
                "{",
                "[]",
                "\"text\"",
                "7",
                "null",
                "{\"to\":}",
                "{\"to\":\"a\"} trailing",
                "{\"to\":NaN}",
                "{'to':'a'}",
                "\0")) {
            assertThat(post(SEND, body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void json_nested_deeper_than_anything_of_ours_is_400() {
        var deep = "[".repeat(5000) + "]".repeat(5000);
        assertThat(post(SEND, "{\"to\":%s}".formatted(deep)).status()).isEqualTo(400);
        assertThat(post(SEND, "{\"unknown\":%s}".formatted(deep)).status()).isEqualTo(400);
    }

    @Test
    void a_value_of_the_wrong_kind_is_400_and_names_its_field() {
        var wrong = """
            to      {"to":7,"message":"Hi"}
            to      {"to":["+12125550123"],"message":"Hi"}
            to      {"to":{"phone":"+12125550123"},"message":"Hi"}
            to      {"to":"+1212555\\u00000123","message":"Hi"}
            message {"to":"+12125550123","message":true}
            message {"to":"+12125550123","message":3.5}
            message {"to":"+12125550123","message":{"text":"Hi"}}
            message {"to":"+12125550123","message":"a\\u0000b"}
            message {"to":"+12125550123","message":"half \\ud83d a pair"}
            message {"to":"+12125550123","message":"other half \\udc4b"}
            leadId  {"to":"+12125550123","message":"Hi","leadId":7}
            type    {"to":"+12125550123","message":"Hi","type":false}
            type    {"to":"+12125550123","message":"Hi","type":"carrier pigeon"}
            """;
        for (var line : wrong.lines().toList()) {
            var answer = post(SEND, line.substring(8));
            assertThat(answer.status()).as(line).isEqualTo(400);
            assertThat(answer.body().path("error").asString()).isEqualTo("Validation failed");
            var field = line.substring(0, 8).strip();
            assertThat(answer.body().path("fields").path(field).asString(""))
                    .as("%s: %s", line, answer.text())
                    .isNotBlank();
        }
    }

    @Test
    void the_missing_recipient_is_asked_for_in_the_documented_words() {
        for (var body : List.of("{}", "{\"to\":null,\"message\":\"Hi\"}", "{\"to\":\" \"}")) {
            var answer = post(SEND, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("message").asString()).isEqualTo("Recipient phone number is required");
            assertThat(answer.body().path("error").asString()).isEqualTo("Validation failed");
        }
    }

    @Test
    void fields_nobody_knows_are_ignored() throws Exception {
        given.leadWhoWrote(jane, JOHN);
        var answer = post(
                SEND, "{\"to\":\"%s\",\"message\":\"Hi\",\"coachId\":\"x\",\"price\":0,\"_\":[{}]}".formatted(JOHN));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.data().path("creditsUsed").asInt()).isEqualTo(1);
    }

    @Test
    void a_body_over_256_kb_is_413() {
        var large = "{\"to\":\"%s\",\"message\":\"%s\"}".formatted(JOHN, "a".repeat(300 * 1024));
        assertThat(post(SEND, large).status()).isEqualTo(413);
        assertThat(post("/api/auth/login", large).status()).isEqualTo(413);
    }

    @Test
    void a_text_over_64_kb_is_400() {
        var large = "{\"to\":\"%s\",\"message\":\"%s\"}".formatted(JOHN, "a".repeat(100 * 1024));
        assertThat(post(SEND, large).status()).isEqualTo(400);
    }

    @Test
    void a_text_has_at_most_4096_characters() throws Exception {
        given.leadWhoWrote(jane, JOHN);
        var emoji = "\uD83D\uDC4B";
        assertThat(text(emoji.repeat(4096)).status()).isEqualTo(200);
        var tooLong = text(emoji.repeat(4096) + "a");
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.body().path("fields").path("message").asString()).contains("4096");
    }

    @Test
    void a_page_out_of_range_is_400_and_names_its_parameter() {
        for (var query : List.of(
                "page=0",
                "page=-1",
                "page=abc",
                "page=1.5",
                "page=1e3",
                "page=0x10",
                "page=%D9%A1",
                "page=1000000000000",
                "page=99999999999999999999",
                "limit=0",
                "limit=201",
                "limit=-5",
                "limit=ten",
                "limit=1000000000000")) {
            for (var path : List.of("/contacts", "/inbox")) {
                var answer = get(API + path + "?" + query);
                assertThat(answer.status()).as(path + "?" + query).isEqualTo(400);
                var name = query.substring(0, query.indexOf('='));
                assertThat(answer.body().path("fields").path(name).asString("")).isNotBlank();
            }
        }
    }

    @Test
    void a_page_beyond_the_last_is_empty() {
        for (var path : List.of("/contacts", "/inbox")) {
            var answer = get(API + path + "?page=1000000&limit=200");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.data().path("pagination").path("current").asInt()).isEqualTo(1_000_000);
        }
    }

    @Test
    void a_query_with_what_cannot_be_stored_is_400() {
        for (var query : List.of("search=a%00b", "search=%ED%A0%BDa")) {
            assertThat(get(API + "/contacts?" + query).status()).as(query).isIn(200, 400);
        }
        assertThat(get(API + "/contacts?search=a%00b").status()).isEqualTo(400);
        assertThat(get(API + "/inbox?unreadOnly=perhaps").status()).isEqualTo(400);
    }

    @Test
    void an_unknown_id_and_another_coachs_are_the_same_404_to_the_byte() throws Exception {
        var ravi = given.coach("Ravi");
        var hers = given.leadWhoWrote(jane, JOHN);
        var message = jdbc.sql("SELECT id FROM message").query(UUID.class).single();
        var before = jdbc.sql("SELECT md5(string_agg(message::text, '' ORDER BY id)) FROM message")
                .query(String.class)
                .single();
        for (var unknown : List.of(UUID.randomUUID().toString(), "7", "not-an-id", "%27--", "x".repeat(500))) {
            for (var path : List.of("GET /inbox/conversation/%s", "PUT /inbox/conversation/%s/read")) {
                assertThat(asked(ravi, path, hers.toString())).as(path).isEqualTo(asked(ravi, path, unknown));
            }
            assertThat(asked(ravi, "PUT /inbox/messages/%s/read", message.toString()))
                    .isEqualTo(asked(ravi, "PUT /inbox/messages/%s/read", unknown));
        }
        var reply = "{\"contactId\":\"%s\",\"message\":\"Hi\"}";
        assertThat(replied(ravi, reply.formatted(hers)))
                .isEqualTo(replied(ravi, reply.formatted(UUID.randomUUID())))
                .startsWith("404 {\"success\":false,\"message\":\"Contact not found\",\"error\":\"Contact not found\"");
        assertThat(jdbc.sql("SELECT md5(string_agg(message::text, '' ORDER BY id)) FROM message")
                        .query(String.class)
                        .single())
                .isEqualTo(before);
    }

    @Test
    void a_harmless_request_id_is_kept_and_any_other_replaced() {
        assertThat(withRequestId("abc-123.X_y").headers().getFirst("X-Request-Id"))
                .isEqualTo("abc-123.X_y");
        for (var odd : List.of("a b", "<script>", "x".repeat(65), "${jndi:ldap://x}")) {
            assertThat(withRequestId(odd).headers().getFirst("X-Request-Id")).isNotEqualTo(odd);
        }
    }

    @Test
    void without_a_token_every_door_of_the_api_says_the_same() {
        for (var path : List.of("/contacts", "/inbox", "/nothing", "/inbox/conversation/1")) {
            var answer = ask(anonymous().get().uri(API + path));
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.body().path("message").asString()).isEqualTo("Access denied. Invalid token.");
            assertThat(answer.body().path("error").asString()).isEqualTo("Unauthorized");
        }
    }

    private String asked(Person who, String request, String id) {
        var method = HttpMethod.valueOf(request.substring(0, 3));
        var uri = URI.create(
                "http://localhost:" + port + API + request.substring(4).formatted(id));
        var answer = ask(who.http().method(method).uri(uri));
        assertThat(answer.status()).as(request).isEqualTo(404);
        return answer.text();
    }

    private String replied(Person who, String body) {
        var answer = ask(who.http()
                .post()
                .uri(API + "/inbox/send")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body));
        return answer.status() + " " + answer.text();
    }

    private Answer withRequestId(String id) {
        return ask(jane.http().get().uri(API + "/inbox").header("X-Request-Id", id));
    }

    private Answer text(String message) {
        return post(SEND, "{\"to\":\"%s\",\"message\":\"%s\"}".formatted(JOHN, message));
    }

    private Answer get(String pathAndQuery) {
        return ask(jane.http().get().uri(URI.create("http://localhost:" + port + pathAndQuery)));
    }

    private Answer post(String path, String body) {
        return post(path, body, "application/json");
    }

    private Answer post(String path, String body, String type) {
        return ask(
                jane.http().post().uri(path).header("Content-Type", type).body(body.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer ask(RequestHeadersSpec<?> request) {
        var answer = Answer.to(request);
        answers.add(answer);
        return answer;
    }
}
