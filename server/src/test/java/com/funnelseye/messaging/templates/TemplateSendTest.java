package com.funnelseye.messaging.templates;

import static com.funnelseye.messaging.Visit.delete;
import static com.funnelseye.messaging.Visit.get;
import static com.funnelseye.messaging.Visit.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.Visit;
import com.funnelseye.sandbox.GraphError;
import com.funnelseye.sandbox.Status;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TemplateSendTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @Test
    void a_template_is_filled_in_from_the_request_then_the_lead_then_the_fallback() throws Exception {
        var jane = given.coach("Jane");
        var lead = given.leadWhoWrote(jane, JOHN);
        var id = template(
                jane, "{{ LEAD.name }}, {{client.goal}}, {{coach.fullName}}, {{client.age}}, {{client.city}}.");

        var sent = post(
                jane,
                "/send",
                Map.of(
                        "to",
                        JOHN,
                        "type",
                        "template",
                        "templateId",
                        id,
                        "leadId",
                        lead,
                        "templateParameters",
                        Map.of("lead.name", "$1 {{coach.email}} \\", "Client.Goal", "Weight Loss")));

        assertThat(sent.at("/status")).isEqualTo("sent");
        assertThat(sandbox.acceptances().getLast().text())
                .isEqualTo("$1 {{coach.email}} \\, Weight Loss, Jane, thirty, .");
        var message =
                get(jane, "/inbox/conversation/" + lead).data().path("messages").path(1);
        assertThat(message.path("type").asString()).isEqualTo("template");
        assertThat(message.at("/template/id").asString()).isEqualTo(id);
        assertThat(message.at("/template/name").asString()).isEqualTo("Note");
        assertThat(message.at("/template/version").asInt()).isEqualTo(1);
        assertThat(message.path("media").isNull()).isTrue();
    }

    @Test
    void a_reply_may_be_a_template_and_a_deleted_one_is_gone() throws Exception {
        var jane = given.coach("Jane");
        var lead = given.leadWhoWrote(jane, JOHN);
        var id = post(jane, "/templates", Samples.saying("Thanks, {{lead.name}}!"))
                .at("/_id");
        var reply = Map.of("contactId", lead, "type", "template", "templateId", id);

        assertThat(post(jane, "/inbox/send", reply).status()).isEqualTo(200);
        assertThat(sandbox.acceptances().getLast().text()).isEqualTo("Thanks, Lead!");
        delete(jane, "/templates/" + id);
        assertThat(post(jane, "/inbox/send", reply).message()).isEqualTo("Template not found");
        var thread = get(jane, "/inbox/conversation/" + lead).data();
        assertThat(thread.at("/messages/1/template/name").asString()).isEqualTo("Note");
    }

    @Test
    void another_coachs_template_is_not_found_and_nothing_moves() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        given.leadWhoWrote(jane, JOHN);
        var his = post(ravi, "/templates", Samples.saying("Hi")).at("/_id");
        var before = sandbox.requests().size();

        for (var id : List.of(his, UUID.randomUUID().toString(), "nonsense")) {
            var answer = post(jane, "/send", Map.of("to", JOHN, "type", "template", "templateId", id));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.message()).isEqualTo("Template not found");
        }
        var newcomer = post(jane, "/send", Map.of("to", "+12125550999", "type", "template", "templateId", his));
        assertThat(newcomer.status()).isEqualTo(404);
        assertThat(sandbox.requests()).hasSize(before);
        assertThat(count("SELECT count(*) FROM message WHERE direction = 'OUTBOUND'"))
                .isZero();
        assertThat(count("SELECT count(*) FROM contact WHERE phone = '+12125550999'"))
                .isZero();
        assertThat(count("SELECT count(*) FROM ledger_entry WHERE kind = 'RESERVE'"))
                .isZero();
    }

    @Test
    void a_missing_required_value_is_named_and_nothing_is_charged() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var id = post(
                        jane,
                        "/templates",
                        Map.of(
                                "name",
                                "Call",
                                "content",
                                Map.of("body", "At {{ Call.Time }}, {{lead.name}}"),
                                "availableVariables",
                                List.of(Map.of("name", "call.time", "required", true))))
                .at("/_id");

        var answer = post(
                jane,
                "/send",
                Map.of(
                        "to",
                        JOHN,
                        "type",
                        "template",
                        "templateId",
                        id,
                        "templateParameters",
                        Map.of("call.time", "  ")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("MISSING_VARIABLE");
        assertThat(answer.message()).contains("call.time");
        assertThat(answer.at("/missingVariables/0")).isEqualTo("call.time");
        assertThat(count("SELECT count(*) FROM ledger_entry WHERE kind = 'RESERVE'"))
                .isZero();
    }

    @Test
    void what_is_filled_in_must_still_be_a_message() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var nothing =
                post(jane, "/templates", Samples.saying("{{client.goal}}")).at("/_id");
        var much = post(jane, "/templates", Samples.saying("{{client.goal}}".repeat(10)))
                .at("/_id");

        assertThat(send(jane, nothing, Map.of()).status()).isEqualTo(400);
        assertThat(send(jane, much, Map.of("client.goal", "x".repeat(410))).message())
                .contains("4096");
        assertThat(send(jane, much, Map.of("client.goal", "x".repeat(1025))).status())
                .isEqualTo(400);
        assertThat(send(jane, much, Map.of("client.goal", 5)).status()).isEqualTo(400);
    }

    @Test
    void outside_the_window_an_unbound_template_does_not_go() {
        var jane = given.coach("Jane");
        given.lead(jane, JOHN);
        var id = post(jane, "/templates", Samples.saying("Hi")).at("/_id");

        assertThat(send(jane, id, Map.of()).code()).isEqualTo("WINDOW_CLOSED");
    }

    @Test
    void use_and_success_are_kept_with_the_facts() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var id = post(jane, "/templates", Samples.saying("Hi {{lead.name}}")).at("/_id");
        var delivered = wamid(send(jane, id, Map.of()));
        var failed = wamid(send(jane, id, Map.of()));
        var lost = wamid(send(jane, id, Map.of()));
        var waiting = wamid(send(jane, id, Map.of()));
        assertThat(waiting).isNotEmpty();

        sandbox.report(delivered, Status.READ);
        sandbox.report(delivered, Status.DELIVERED);
        sandbox.reportFailed(failed, GraphError.of(131026));
        sandbox.reportFailed(lost, GraphError.of(131026));
        sandbox.report(lost, Status.DELIVERED);
        work.readWebhooks(sandbox);

        var stats = get(jane, "/templates/" + id).data().path("usageStats");
        assertThat(stats.path("totalUses").asInt()).isEqualTo(4);
        assertThat(stats.path("lastUsed").asString()).matches("\\d{4}-.*Z");
        assertThat(stats.path("successRate").asInt()).isEqualTo(67);
        assertThat(count("SELECT count(*) FROM template_usage_change")).isZero();
    }

    @Test
    void words_that_were_said_once_cannot_be_changed() {
        post(given.coach("Jane"), "/templates", Samples.CREATE);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> jdbc.sql("UPDATE template_version SET n = 7").update()))
                .hasMessageContaining("append-only");
    }

    private static String template(Person coach, String body) {
        return post(
                        coach,
                        "/templates",
                        Map.of(
                                "name",
                                "Note",
                                "content",
                                Map.of("body", body),
                                "availableVariables",
                                List.of(
                                        Map.of("name", "lead.name", "required", true),
                                        Map.of("name", "client.age", "fallback", "thirty"),
                                        Map.of("name", "client.city"))))
                .at("/_id");
    }

    private static Visit send(Person coach, String templateId, Map<String, ?> parameters) {
        return post(
                coach,
                "/send",
                Map.of("to", JOHN, "type", "template", "templateId", templateId, "templateParameters", parameters));
    }

    private static String wamid(Visit answer) {
        return answer.at("/wamid");
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
