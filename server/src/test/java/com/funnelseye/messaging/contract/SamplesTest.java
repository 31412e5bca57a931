package com.funnelseye.messaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.sandbox.Fault;
import com.funnelseye.sandbox.GraphError;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The specification's samples: its requests are taken as they are, its answers' keys are all in ours, its errors come
/// to the letter.
class SamplesTest extends ServerTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String JOHN = "+1234567890";

    private record Answer(int status, String body) {
        JsonNode data() {
            return JSON.readTree(body).path("data");
        }
    }

    private Person jane;
    private UUID john;

    @BeforeEach
    void janeAndJohn() throws InterruptedException {
        jane = given.coach("Jane");
        john = given.leadWhoWrote(jane, JOHN);
        jdbc.sql("UPDATE contact SET email = 'john@example.com', temperature = 'Warm', source = 'Web Form'"
                        + " WHERE id = :id")
                .param("id", john)
                .update();
    }

    @Test
    void coach_1_send_single_message_is_accepted_and_response_1_is_what_comes_back() {
        var answer =
                post(jane, "/send", Sample.named("coach-send-single-message").with("lead_id_here", john + ""));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertCovers("response-successful-message-send", answer);
        assertThat(answer.data().path("status").asString()).isEqualTo("sent");
        assertThat(answer.data().path("creditsUsed").asInt()).isEqualTo(1);
        assertThat(answer.data().path("remainingCredits").asInt()).isEqualTo(99);
    }

    @Test
    void coach_2_send_template_message_is_accepted() {
        var template = aTemplate();

        var answer = post(
                jane,
                "/send",
                Sample.named("coach-send-template-message")
                        .with("lead_id_here", john + "", "template_id_here", template));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertCovers("response-successful-message-send", answer);
    }

    @Test
    void coach_3_send_media_message_is_accepted() {
        var answer =
                post(jane, "/send", Sample.named("coach-send-media-message").with("lead_id_here", john + ""));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertCovers("response-successful-message-send", answer);
    }

    @Test
    void coach_6_send_from_inbox_is_accepted() {
        var sample = Sample.named("coach-send-from-inbox").with("contact_id_here", john + "");

        var answer = post(jane, "/inbox/send", sample);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertCovers("response-successful-message-send", answer);
    }

    @Test
    void admin_1_send_as_admin_is_accepted() {
        var sample =
                Sample.named("admin-send-as-admin").with("lead_id_here", john + "", "coach_id_here", jane.id() + "");

        var answer = post(admin(), "/admin/send", sample);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertCovers("response-successful-message-send", answer);
        assertThat(answer.data().path("creditsUsed").asInt()).isZero();
    }

    @Test
    void admin_3_and_4_create_and_update_global_template_are_accepted() {
        var admin = admin();

        var created = post(
                admin,
                "/admin/templates",
                Sample.named("admin-create-global-template").with());
        assertThat(created.status()).as(created.body()).isBetween(200, 201);
        var id = get(admin, "/admin/templates").data().at("/templates/0/_id").asString();
        var updated = ask(
                admin,
                HttpMethod.PUT,
                "/admin/templates/" + id,
                Sample.named("admin-update-global-template").with());

        assertThat(updated.status()).as(updated.body()).isEqualTo(200);
        assertThat(get(admin, "/admin/templates").data().at("/templates/0/name").asString())
                .isEqualTo("Updated Welcome Message");
    }

    @Test
    void response_3_contacts() {
        assertCovers("response-contacts-response", get(jane, "/contacts?page=1&limit=10"));
    }

    @Test
    void response_4_templates() {
        aTemplate();

        assertCovers("response-templates-response", get(jane, "/templates?type=whatsapp&category=welcome"), "lastUsed");
    }

    @Test
    void response_5_template_preview() {
        var template = aTemplate();

        assertCovers("response-template-preview-response", get(jane, "/templates/" + template + "/preview"));
    }

    @Test
    void response_6_inbox() {
        post(jane, "/inbox/send", Sample.named("coach-send-from-inbox").with("contact_id_here", john + ""));

        assertCovers("response-inbox-response", get(jane, "/inbox?page=1&limit=10"));
    }

    @Test
    void response_7_conversation() {
        post(jane, "/inbox/send", Sample.named("coach-send-from-inbox").with("contact_id_here", john + ""));

        var answer = get(jane, "/inbox/conversation/" + john + "?page=1&limit=50");

        assertCovers("response-conversation-response", answer);
        assertThat(answer.data().at("/messages/0/senderType").asString()).isEqualTo("lead");
        assertThat(answer.data().at("/messages/1/senderType").asString()).isEqualTo("coach");
    }

    @Test
    void response_8_statistics() {
        post(jane, "/inbox/send", Sample.named("coach-send-from-inbox").with("contact_id_here", john + ""));

        assertCovers("response-statistics-response", get(jane, "/stats"));
    }

    @Test
    void response_9_template_parameters() {

        assertCovers("response-template-parameters-response", get(jane, "/templates/parameters"));
    }

    @Test
    void error_1_authentication() {
        var answer = anonymous()
                .get()
                .uri("/api/messaging/contacts")
                .exchange()
                .expectBody(String.class)
                .returnResult();

        assertError(
                "error-authentication-error",
                401,
                new Answer(answer.getStatus().value(), answer.getResponseBody() + ""));
    }

    @Test
    void error_2_validation() {
        assertError("error-validation-error", 400, post(jane, "/send", "{\"message\":\"Hi\",\"type\":\"text\"}"));
    }

    @Test
    void error_3_insufficient_credits() {
        jdbc.sql("INSERT INTO ledger_entry (coach_id, kind, amount) VALUES (:coach, 'CORRECTION', -100)")
                .param("coach", jane.id())
                .update();
        var sample = Sample.named("coach-send-from-inbox").with("contact_id_here", john + "");

        assertError("error-insufficient-credits", 402, post(jane, "/inbox/send", sample));
    }

    @Test
    void error_4_template_not_found() {

        assertError("error-template-not-found", 404, get(jane, "/templates/template_id_here/preview"));
    }

    @Test
    void error_5_contact_not_found() {
        assertError("error-contact-not-found", 404, get(jane, "/inbox/conversation/contact_id_here"));
    }

    @Test
    void error_6_message_send_failure() {
        sandbox.failNext(
                new Fault.Refused(new GraphError(400, "OAuthException", 100, null, "Invalid phone number", null)));
        var sample = Sample.named("coach-send-from-inbox").with("contact_id_here", john + "");

        assertError("error-message-send-failure", 400, post(jane, "/inbox/send", sample));
    }

    private String aTemplate() {
        post(
                admin(),
                "/admin/templates",
                Sample.named("admin-create-global-template").with());
        return get(jane, "/templates").data().at("/templates/0/_id").asString();
    }

    private Person admin() {
        return given.admin("whatsapp_management");
    }

    private Answer get(Person person, String path) {
        return ask(person, HttpMethod.GET, path, "");
    }

    private Answer post(Person person, String path, String body) {
        return ask(person, HttpMethod.POST, path, body);
    }

    private Answer ask(Person person, HttpMethod method, String path, String body) {
        var request = person.http().method(method).uri("/api/messaging" + path);
        if (!body.isEmpty()) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        var result = request.exchange().expectBody(String.class).returnResult();
        return new Answer(result.getStatus().value(), result.getResponseBody() + "");
    }

    private static void assertCovers(String sample, Answer answer, String... maybeNull) {
        assertThat(Sample.named(sample).missingIn(answer.body(), Set.of(maybeNull)))
                .as("%s%n%s", sample, answer.body())
                .isEmpty();
    }

    private static void assertError(String sample, int status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(Sample.named(sample).differencesIn(answer.body()))
                .as(answer.body())
                .isEmpty();
        assertThat(JSON.readTree(answer.body()).path("code").asString("")).matches("[A-Z_]+");
    }
}
