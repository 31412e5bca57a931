package com.funnelseye.messaging.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.web.servlet.client.RestTestClient.RequestHeadersSpec;

/// Asks as a coach, and looks at every answer when the test ends: the shape is the
/// documented one and says nothing of how we are made.
abstract class Manners extends ServerTest {

    static final String API = "/api/messaging";
    static final String SEND = API + "/send";
    static final String JOHN = "+12125550123";

    Person jane;

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

    Answer get(String pathAndQuery) {
        return ask(jane.http().get().uri(URI.create("http://localhost:" + port + pathAndQuery)));
    }

    Answer post(String path, String body) {
        return post(path, body, "application/json");
    }

    Answer post(String path, String body, String type) {
        return ask(
                jane.http().post().uri(path).header("Content-Type", type).body(body.getBytes(StandardCharsets.UTF_8)));
    }

    Answer ask(RequestHeadersSpec<?> request) {
        var answer = Answer.to(request);
        answers.add(answer);
        return answer;
    }
}
