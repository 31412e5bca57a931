package com.funnelseye.messaging.templates;

import static com.funnelseye.messaging.Visit.delete;
import static com.funnelseye.messaging.Visit.get;
import static com.funnelseye.messaging.Visit.post;
import static com.funnelseye.messaging.Visit.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemplatesTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @Test
    void a_global_template_made_from_the_sample_is_listed_as_sampled() {
        var admin = given.admin("whatsapp_management");
        var jane = given.coach("Jane");
        var id = post(admin, "/admin/templates", Samples.CREATE).at("/_id");

        var list = get(jane, "/templates?type=whatsapp&category=welcome&search=welcome")
                .data();

        assertThat(list.path("total").asInt()).isEqualTo(1);
        var template = list.path("templates").path(0);
        assertThat(template.path("_id").asString()).isEqualTo(id);
        assertThat(template.path("name").asString()).isEqualTo("Welcome Message");
        assertThat(template.path("type").asString()).isEqualTo("whatsapp");
        assertThat(template.path("category").asString()).isEqualTo("welcome");
        assertThat(template.at("/content/body").asString()).startsWith("Hello {{lead.name}}!");
        assertThat(template.at("/availableVariables/0/required").asBoolean()).isTrue();
        assertThat(template.path("isPreBuilt").asBoolean()).isTrue();
        assertThat(template.at("/usageStats/totalUses").asInt(-1)).isZero();
        assertThat(template.at("/usageStats/lastUsed").isNull()).isTrue();
        assertThat(template.at("/tags/1").asString()).isEqualTo("new-lead");
    }

    @Test
    void filters_that_match_nothing_answer_an_empty_list_and_unknown_ones_are_refused() {
        var jane = given.coach("Jane");
        post(jane, "/templates", Samples.CREATE);

        assertThat(get(jane, "/templates?category=follow_up")
                        .data()
                        .path("total")
                        .asInt(-1))
                .isZero();
        assertThat(get(jane, "/templates?search=100%25").data().path("total").asInt(-1))
                .isZero();
        assertThat(get(jane, "/templates?search=w").data().path("total").asInt())
                .isEqualTo(1);
        assertThat(get(jane, "/templates?type=pigeon").status()).isEqualTo(400);
    }

    @Test
    void an_update_makes_a_version_and_a_restore_another() {
        var jane = given.coach("Jane");
        var id = post(jane, "/templates", Samples.CREATE).at("/_id");

        var updated = put(jane, "/templates/" + id, Samples.UPDATE);
        assertThat(updated.at("/name")).isEqualTo("Updated Welcome Message");
        assertThat(updated.data().path("version").asInt()).isEqualTo(2);
        assertThat(updated.at("/category")).isEqualTo("welcome");
        assertThat(put(jane, "/templates/" + id, Samples.UPDATE)
                        .data()
                        .path("version")
                        .asInt())
                .isEqualTo(2);

        var restored = post(jane, "/templates/" + id + "/versions/1/restore", Map.of());
        assertThat(restored.data().path("version").asInt()).isEqualTo(3);
        assertThat(restored.at("/content/body")).endsWith("{{client.goal}} goal.");
        var versions = get(jane, "/templates/" + id + "/versions").data();
        assertThat(versions.path("total").asInt()).isEqualTo(3);
        assertThat(versions.at("/versions/0/version").asInt()).isEqualTo(3);
        assertThat(versions.at("/versions/0/isCurrent").asBoolean()).isTrue();
        assertThat(versions.at("/versions/1/content/body").asString()).endsWith("in touch soon.");
        assertThat(post(jane, "/templates/" + id + "/versions/9/restore", Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void names_nobody_can_fill_are_refused_and_listed() {
        var jane = given.coach("Jane");

        var answer = post(jane, "/templates", Samples.saying("Hi {{ Lead.Name }}, {{lead.shoe}} and {{ promo }} {{}}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/fields/content.body").asString()).contains("lead.shoe, promo, {{}}");
        assertThat(answer.message()).doesNotContain("Lead.Name");
    }

    @Test
    void bad_input_names_its_field() {
        var jane = given.coach("Jane");

        assertField(jane, "name", Map.of("content", Map.of("body", "Hi")));
        assertField(jane, "content.body", Map.of("name", "N"));
        assertField(jane, "content.body", Map.of("name", "N", "content", Map.of("body", "x".repeat(4097))));
        assertField(jane, "content.body", Map.of("name", "N", "content", Map.of("body", List.of("Hi"))));
        assertField(jane, "content.subject", Map.of("name", "N", "content", Map.of("body", "Hi", "subject", "\u0000")));
        assertField(jane, "name", Map.of("name", "n".repeat(201), "content", Map.of("body", "Hi")));
        assertField(jane, "type", Map.of("name", "N", "type", "pigeon", "content", Map.of("body", "Hi")));
        assertField(
                jane,
                "availableVariables",
                Map.of(
                        "name", "N",
                        "content", Map.of("body", "Hi"),
                        "availableVariables", List.of(Map.of("name", "a.b"), Map.of("name", "A.B"))));
    }

    @Test
    void what_is_not_hers_does_not_exist_for_a_coach() {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var id = post(jane, "/templates", Samples.CREATE).at("/_id");
        var unknown = get(ravi, "/templates/" + UUID.randomUUID()).text();

        for (var other : List.of(id, "nonsense", UUID.randomUUID().toString())) {
            assertThat(get(ravi, "/templates/" + other).text()).isEqualTo(unknown);
            assertThat(put(ravi, "/templates/" + other, Samples.UPDATE).text()).isEqualTo(unknown);
            assertThat(delete(ravi, "/templates/" + other).text()).isEqualTo(unknown);
            assertThat(post(ravi, "/templates/" + other + "/duplicate", Map.of())
                            .text())
                    .isEqualTo(unknown);
            assertThat(post(ravi, "/templates/" + other + "/submit", Map.of()).text())
                    .isEqualTo(unknown);
            assertThat(get(ravi, "/templates/" + other + "/versions").text()).isEqualTo(unknown);
            assertThat(get(ravi, "/templates/" + other + "/preview").text()).isEqualTo(unknown);
        }
        assertThat(unknown).contains("\"message\":\"Template not found\",\"error\":\"Template not found\"");
        assertThat(get(ravi, "/templates").data().path("total").asInt(-1)).isZero();
    }

    @Test
    void a_global_template_is_copied_but_not_changed_by_a_coach() {
        var admin = given.admin("whatsapp_management");
        var jane = given.coach("Jane");
        var id = post(admin, "/admin/templates", Samples.CREATE).at("/_id");

        assertThat(put(jane, "/templates/" + id, Samples.UPDATE).code()).isEqualTo("FORBIDDEN");
        assertThat(delete(jane, "/templates/" + id).status()).isEqualTo(403);
        var copy = post(jane, "/templates/" + id + "/duplicate", Map.of());
        assertThat(copy.at("/name")).isEqualTo("Welcome Message (copy)");
        assertThat(copy.data().path("isPreBuilt").asBoolean(true)).isFalse();
        assertThat(copy.at("/sourceTemplateId")).isEqualTo(id);
        assertThat(delete(jane, "/templates/" + copy.at("/_id")).status()).isEqualTo(200);
        assertThat(get(jane, "/templates/" + copy.at("/_id")).status()).isEqualTo(404);
    }

    @Test
    void approval_makes_a_global_copy_that_later_edits_do_not_touch() {
        var admin = given.admin("whatsapp_management");
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var id = post(jane, "/templates", Samples.CREATE).at("/_id");
        assertThat(post(admin, "/admin/templates/" + id + "/approve", Map.of()).status())
                .isEqualTo(409);
        assertThat(post(jane, "/templates/" + id + "/submit", Map.of()).at("/status"))
                .isEqualTo("pending");
        assertThat(get(admin, "/admin/templates?status=pending").at("/templates/0/_id"))
                .isEqualTo(id);

        var approval = post(admin, "/admin/templates/" + id + "/approve", Map.of());
        assertThat(approval.at("/template/status")).isEqualTo("approved");
        assertThat(post(admin, "/admin/templates/" + id + "/approve", Map.of()).status())
                .isEqualTo(409);
        assertThat(put(jane, "/templates/" + id, Samples.UPDATE).at("/status")).isEqualTo("draft");

        var seen = get(ravi, "/templates").data();
        assertThat(seen.path("total").asInt()).isEqualTo(1);
        assertThat(seen.at("/templates/0/_id").asString()).isEqualTo(approval.at("/globalTemplate/_id"));
        assertThat(seen.at("/templates/0/isPreBuilt").asBoolean()).isTrue();
        assertThat(seen.at("/templates/0/name").asString()).isEqualTo("Welcome Message");
    }

    @Test
    void a_rejection_needs_a_reason_and_shows_it() {
        var admin = given.admin("whatsapp_management");
        var jane = given.coach("Jane");
        var id = post(jane, "/templates", Samples.CREATE).at("/_id");
        post(jane, "/templates/" + id + "/submit", Map.of());

        assertThat(post(admin, "/admin/templates/" + id + "/reject", Map.of())
                        .body()
                        .at("/fields/reason")
                        .asString())
                .isNotEmpty();
        post(admin, "/admin/templates/" + id + "/reject", Map.of("reason", "Too pushy"));

        var rejected = get(jane, "/templates/" + id);
        assertThat(rejected.at("/status")).isEqualTo("rejected");
        assertThat(rejected.at("/rejectionReason")).isEqualTo("Too pushy");
        assertThat(post(jane, "/templates/" + id + "/submit", Map.of()).at("/status"))
                .isEqualTo("pending");
    }

    @Test
    void what_an_admin_does_is_audited_without_a_word_of_the_content() {
        var admin = given.admin("whatsapp_management");
        var id = post(admin, "/admin/templates", Samples.CREATE).at("/_id");
        put(admin, "/admin/templates/" + id, Samples.UPDATE);
        delete(admin, "/admin/templates/" + id);

        var actions = jdbc.sql("SELECT action FROM audit_entry WHERE subject_id = :id::uuid ORDER BY id")
                .param("id", id)
                .query(String.class)
                .list();
        assertThat(actions).containsExactly("template.created", "template.updated", "template.deleted");
        assertThat(jdbc.sql("SELECT count(*) FROM audit_entry WHERE after::text LIKE '%Welcome%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void an_admin_narrows_the_list_to_one_coach() {
        var admin = given.admin("whatsapp_management");
        var jane = given.coach("Jane");
        post(jane, "/templates", Samples.CREATE);
        post(given.coach("Ravi"), "/templates", Samples.CREATE);
        post(admin, "/admin/templates", Samples.CREATE);

        assertThat(get(admin, "/admin/templates").data().path("total").asInt()).isEqualTo(3);
        assertThat(get(admin, "/admin/templates?coachId=" + jane.id())
                        .data()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(get(jane, "/admin/templates").status()).isEqualTo(403);
    }

    @Test
    void there_are_39_parameters_in_four_categories() {
        var data = get(given.coach("Jane"), "/templates/parameters").data();

        assertThat(data.path("total").asInt()).isEqualTo(39);
        assertThat(data.path("parameters")
                        .valueStream()
                        .map(c -> c.path("category").asString()))
                .containsExactly("Lead Information", "Client Information", "Coach Information", "System Information");
        assertThat(data.path("parameters")
                        .valueStream()
                        .map(c -> c.path("parameters").size()))
                .containsExactly(8, 13, 13, 5);
        var goal = data.at("/parameters/1/parameters/2");
        assertThat(goal.path("name").asString()).isEqualTo("client.goal");
        assertThat(goal.path("field").asString()).isEqualTo("clientQuestions.goal");
        assertThat(goal.path("type").asString()).isEqualTo("string");
    }

    @Test
    void a_preview_without_a_lead_shows_the_specifications_samples() {
        var jane = given.coach("Jane");
        var id = post(jane, "/templates", Samples.saying("Hello {{lead.name}}! Welcome to {{system.company}}."))
                .at("/_id");

        var preview = get(jane, "/templates/" + id + "/preview");

        assertThat(preview.at("/renderedContent/body")).isEqualTo("Hello John Doe! Welcome to FunnelsEye.");
        assertThat(preview.at("/template/id")).isEqualTo(id);
        assertThat(preview.data().path("sampleData").path("lead.email").asString())
                .isEqualTo("john@example.com");
        assertThat(preview.data().path("sampleData").path("client.goal").asString())
                .isEqualTo("Weight Loss");
        assertThat(preview.data().path("missingVariables").size()).isZero();
    }

    @Test
    void a_preview_for_a_lead_shows_her_data_and_the_gaps() {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var lead = given.lead(jane, JOHN);
        jdbc.sql("UPDATE contact SET client_questions = '{\"medicalConditions\":\"Asthma\"}' WHERE id = :id")
                .param("id", lead)
                .update();
        var id = post(
                        jane,
                        "/templates",
                        Samples.saying("{{lead.name}} {{client.medical}} {{client.goal}} {{coach.fullName}}"))
                .at("/_id");

        var preview = get(jane, "/templates/" + id + "/preview?leadId=" + lead);

        assertThat(preview.at("/renderedContent/body")).isEqualTo("Lead Asthma  Jane");
        assertThat(preview.at("/missingVariables/0")).isEqualTo("client.goal");
        var strangers = get(jane, "/templates/" + id + "/preview?leadId=" + given.lead(ravi, JOHN));
        assertThat(strangers.status()).isEqualTo(404);
        assertThat(strangers.message()).isEqualTo("Contact not found");
    }

    @Test
    void an_admin_who_looks_at_a_leads_data_leaves_a_trace() {
        var admin = given.admin("whatsapp_management");
        var lead = given.lead(given.coach("Jane"), JOHN);
        var id = post(admin, "/admin/templates", Samples.saying("Dear {{lead.name}}, {{coach.fullName}}"))
                .at("/_id");

        assertThat(get(admin, "/admin/templates/" + id + "/preview?leadId=" + lead)
                        .at("/renderedContent/body"))
                .isEqualTo("Dear Lead, Jane");
        assertThat(jdbc.sql("SELECT action FROM audit_entry WHERE subject_id = :id")
                        .param("id", lead)
                        .query(String.class)
                        .list())
                .containsExactly("template.previewed");
    }

    @Test
    void lists_may_be_read_as_often_as_one_likes() {
        var jane = given.coach("Jane");
        var id = post(jane, "/templates", Samples.CREATE).at("/_id");

        for (var look = 0; look < 40; look++) {
            assertThat(get(jane, "/templates").status()).isEqualTo(200);
            assertThat(get(jane, "/templates/" + id + "/versions").status()).isEqualTo(200);
        }
    }

    @Test
    void edits_at_once_become_versions_one_after_the_other() {
        var jane = given.coach("Jane");
        var id = post(jane, "/templates", Samples.CREATE).at("/_id");

        var edits = IntStream.range(0, 8)
                .mapToObj(n ->
                        CompletableFuture.runAsync(() -> put(jane, "/templates/" + id, Samples.saying("Edit " + n))))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(edits).join();

        assertThat(get(jane, "/templates/" + id).data().path("version").asInt()).isEqualTo(9);
    }

    private static void assertField(Person person, String field, Map<String, ?> request) {
        var answer = post(person, "/templates", request);
        assertThat(answer.status()).as("%s", answer.text()).isEqualTo(400);
        assertThat(answer.body().path("fields").has(field))
                .as("%s", answer.text())
                .isTrue();
    }
}
