package com.funnelseye.messaging.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/// An id of any shape that names nothing is 404, and no shape leads anywhere else.
class IdShapeTest extends ServerTest {

    private static final List<String> SHAPES = List.of(
            "7",
            "-",
            "x;y",
            ";",
            "x%3By",
            "x%3bjsessionid=7",
            "%25",
            "%2525",
            "%252F",
            "%2e",
            "%2E%2E",
            "..;",
            "%0A",
            "%0d%0aX:y",
            "%7F",
            "%E2%80%A8",
            "%F0%9F%91%8B",
            "'--",
            "*",
            "x".repeat(2_000));

    private Person jane;

    @BeforeEach
    void somebody_is_logged_in() {
        jane = given.coach("Jane");
    }

    @Test
    void an_id_of_any_shape_is_404_in_the_same_words() {
        var usual = get("/api/messaging/inbox/conversation/7");
        assertThat(usual.status()).isEqualTo(404);

        for (var shape : SHAPES) {
            var answer = get("/api/messaging/inbox/conversation/" + shape);
            assertThat(answer.status()).as(shape).isEqualTo(404);
            assertThat(answer.text()).as(shape).isEqualTo(usual.text());
        }
        assertThat(ask(jane, HttpMethod.PUT, "/api/messaging/inbox/conversation//read")
                        .text())
                .isEqualTo(usual.text());
    }

    /// Tomcat does not take these apart, and neither do we.
    @Test
    void what_could_be_a_way_out_is_refused_in_our_words() {
        for (var shape : List.of("%2F", "a%2F..%2Fb", "%5C", "%00", "a%00b")) {
            var answer = get("/api/messaging/inbox/conversation/" + shape);
            assertThat(answer.status()).as(shape).isEqualTo(400);
            assertThat(answer.body().path("code").asString("")).as(shape).isEqualTo("BAD_REQUEST");
            assertThat(answer.headers().getFirst("X-Request-Id")).isNotBlank();
        }
    }

    @Test
    void no_shape_leads_past_a_rule() {
        for (var path : List.of(
                "/api/messaging/inbox/..;/admin/contacts",
                "/api/messaging/inbox/%2e%2e/admin/contacts",
                "/api/messaging/inbox/../admin/contacts",
                "/api/messaging;/admin/contacts",
                "/api/messaging/admin;x/contacts",
                "/api/messaging//admin/contacts",
                "/api//messaging/admin/contacts",
                "/api/auth/login/..;/../messaging/contacts")) {
            assertThat(get(path).status()).as(path).isIn(403, 404);
            assertThat(ask(null, HttpMethod.GET, path).status()).as(path).isEqualTo(401);
        }
    }

    @Test
    void outside_the_api_a_trick_is_refused() {
        for (var path : List.of("/x;y", "/assets/..;/../application.yaml", "/%2e%2e/application.yaml", "//x")) {
            var answer = get(path);
            assertThat(answer.status()).as(path).isIn(400, 404);
            assertThat(answer.body().path("success").asBoolean(true)).isFalse();
        }
    }

    private Answer get(String path) {
        return ask(jane, HttpMethod.GET, path);
    }

    private Answer ask(@Nullable Person who, HttpMethod method, String path) {
        var http = who == null ? anonymous() : who.http();
        return Answer.to(http.method(method).uri(URI.create("http://localhost:" + port + path)));
    }
}
