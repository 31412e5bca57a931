package com.funnelseye.messaging.bulk;

import static com.funnelseye.messaging.Visit.get;
import static com.funnelseye.messaging.Visit.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Visit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What admins send to many, and what they do to coaches' bulks.
class AdminBulkTest extends BulkScene {

    @Test
    void it_goes_into_each_leads_own_thread_and_costs_nobody_anything() {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var hers = leads(jane, 1, 1).getFirst();
        var his = leads(ravi, 2, 1).getFirst();
        openWindows(3, 1);
        var admin = given.admin("whatsapp_management");
        var to = List.of(
                Map.of("phone", phone(1), "leadId", hers),
                Map.of("phone", phone(2), "leadId", his),
                Map.of("phone", phone(3)));

        var id = async(admin, "/admin/send-bulk", text(to)).at("/bulkId");
        send();

        var bulk = get(admin, "/admin/bulk/" + id);
        assertThat(counts(bulk)).isEqualTo("3 3 0 0 0 0 0");
        assertThat(bulk.at("/creditsUsed")).isEqualTo("0");
        assertThat(owners()).containsExactly(jane.id().toString(), ravi.id().toString(), "nobody");
        assertThat(count("ledger_entry WHERE message_id IS NOT NULL")).isZero();
        assertThat(get(jane, "/bulk").at("/pagination/total")).isEqualTo("0");
        assertThat(get(jane, "/bulk/" + id).message()).isEqualTo("Bulk not found");
        assertThat(count("audit_entry WHERE action = 'bulk.sent'")).isEqualTo(1);
    }

    @Test
    void for_a_coach_new_numbers_become_her_contacts() {
        var jane = given.coach("Jane");
        openWindows(1, 1);
        var admin = given.admin("whatsapp_management");

        var answer = async(admin, "/admin/send-bulk", with(text(contacts(1, 1)), "coachId", jane.id()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.at("/remainingCredits")).isEqualTo("100");
        assertThat(get(jane, "/contacts").at("/contacts/0/phone")).isEqualTo(phone(1));
        assertThat(async(admin, "/admin/send-bulk", with(text(contacts(1, 1)), "coachId", admin.id()))
                        .message())
                .isEqualTo("Coach not found");
    }

    @Test
    void a_coachs_bulk_is_seen_paused_and_cancelled_and_each_of_it_is_on_record() {
        var jane = given.coach("Jane");
        leads(jane, 1, 2);
        var id = queued(jane, text(contacts(1, 2)));
        var admin = given.admin("whatsapp_management");

        assertThat(get(admin, "/admin/bulk?coachId=" + jane.id()).at("/bulks/0/bulkId"))
                .isEqualTo(id);
        assertThat(get(admin, "/admin/bulk?coachId=" + admin.id()).at("/pagination/total"))
                .isEqualTo("0");
        assertThat(post(admin, "/admin/bulk/" + id + "/pause", Map.of()).at("/pausedReason"))
                .isEqualTo("Paused by an admin");
        post(admin, "/admin/bulk/" + id + "/resume", Map.of());
        post(admin, "/admin/bulk/" + id + "/cancel", Map.of());
        assertThat(get(admin, "/admin/bulk/" + id + "/recipients").at("/recipients/0/contact"))
                .isEqualTo(phone(1));
        Visit.to(admin.http(), org.springframework.http.HttpMethod.GET, "/admin/bulk/" + id + "/export", null);

        sweep();
        assertThat(counts(get(jane, "/bulk/" + id))).isEqualTo("2 0 0 0 0 0 2");
        assertThat(purse(jane)).isEqualTo(new Purse(100, 0, 0));
        assertThat(jdbc.sql("SELECT action FROM audit_entry WHERE actor_id = :admin AND subject_kind = 'bulk'"
                                + " ORDER BY id")
                        .param("admin", admin.id())
                        .query(String.class)
                        .list())
                .containsExactly("bulk.paused", "bulk.resumed", "bulk.cancelled", "bulk.viewed", "bulk.exported");
    }

    @Test
    void a_template_only_one_coach_has_goes_to_her_leads_alone() {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var hers = leads(jane, 1, 1).getFirst();
        var his = leads(ravi, 2, 1).getFirst();
        var admin = given.admin("whatsapp_management");
        var template = post(
                        jane, "/templates", Map.of("name", "Note", "content", Map.of("body", "Hi {{coach.fullName}}")))
                .at("/_id");
        var body = Map.of(
                "contacts",
                List.of(Map.of("phone", phone(1), "leadId", hers), Map.of("phone", phone(2), "leadId", his)),
                "type",
                "template",
                "templateId",
                template);

        var check = post(admin, "/admin/bulk/check", body);

        assertThat(check.at("/sendable")).isEqualTo("1");
        assertThat(check.at("/recipients/1/code")).isEqualTo("TEMPLATE_NOT_FOUND");
        assertThat(check.at("/creditsRequired")).isEqualTo("0");
        assertThat(async(ravi, "/send-bulk", body).message()).isEqualTo("Template not found");
    }

    private List<String> owners() {
        return jdbc.sql("SELECT coalesce(coach_id::text, 'nobody') FROM message ORDER BY recipient_phone")
                .query(String.class)
                .list();
    }
}
