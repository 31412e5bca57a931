package com.funnelseye.messaging.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever body is sent, the answer has the documented shape.
class BodyMannersTest extends Manners {

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

    private Answer text(String message) {
        return post(SEND, "{\"to\":\"%s\",\"message\":\"%s\"}".formatted(JOHN, message));
    }
}
