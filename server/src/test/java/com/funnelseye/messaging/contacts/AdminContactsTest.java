package com.funnelseye.messaging.contacts;

import static com.funnelseye.messaging.contacts.Asking.get;
import static com.funnelseye.messaging.contacts.Asking.post;
import static com.funnelseye.messaging.contacts.Asking.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminContactsTest extends ServerTest {

    private static final String ADMIN = "/api/messaging/admin/contacts";

    private Person jane;
    private Person admin;

    @BeforeEach
    void people() {
        jane = given.coach("Jane");
        admin = given.admin("whatsapp_management");
    }

    @Test
    void an_admin_sees_everyones_contacts_and_whose_they_are() {
        var ravi = given.coach("Ravi");
        var hers = given.lead(jane, "+12125550123");
        given.lead(ravi, "+12125550123");

        var all = get(admin, ADMIN);
        assertThat(all.body().at("/data/pagination/total").asInt()).isEqualTo(2);
        var one = get(admin, ADMIN + "?coachId={coachId}", jane.id());
        assertThat(one.body().at("/data/pagination/total").asInt()).isEqualTo(1);
        assertThat(one.at("/data/contacts/0/_id")).isEqualTo(hers.toString());
        assertThat(one.at("/data/contacts/0/coachId")).isEqualTo(jane.id().toString());
        assertThat(one.at("/data/contacts/0/coach/_id")).isEqualTo(jane.id().toString());
        assertThat(one.at("/data/contacts/0/coach/name")).isEqualTo("Jane");
        assertThat(get(admin, ADMIN + "/search?q=lead").data().path("total").asInt())
                .isEqualTo(2);
        assertThat(get(admin, ADMIN + "/search?q=lead&coachId={id}", ravi.id())
                        .data()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(get(admin, ADMIN + "/export?coachId={id}", jane.id()).text().lines())
                .hasSize(2);
        assertThat(get(admin, ADMIN + "?coachId=nobody").data().path("contacts").size())
                .isZero();
    }

    @Test
    void looking_at_and_changing_a_contact_leaves_a_trace_without_personal_values() {
        var id = given.lead(jane, "+12125550123");

        assertThat(get(admin, ADMIN + "/{id}", id).at("/data/phone")).isEqualTo("+12125550123");
        assertThat(put(admin, "{'name':'Secret Name'}", ADMIN + "/{id}", id).at("/data/coach/name"))
                .isEqualTo("Jane");

        var trace = jdbc.sql("SELECT action || after::text FROM audit_entry WHERE subject_id = :id ORDER BY id")
                .param("id", id)
                .query(String.class)
                .list();
        assertThat(trace).containsExactly("contact.viewed{}", "contact.edited{\"fields\": [\"name\"]}");
        assertThat(get(admin, ADMIN + "/{id}", UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void analytics_tell_how_contacts_are_made_up_and_how_many_reply() throws Exception {
        given.leadWhoWrote(jane, "+12125550123");
        given.lead(jane, "+12125550124");
        var won = post(jane, "/api/messaging/contacts", "{'phone':'+12125550125','status':'Won','source':'Ad'}");
        given.customerWrote("+12125550125", "Hi");
        post(jane, "/api/messaging/send", "{'to':'+12125550123','message':'Hello','type':'text'}");
        assertThat(won.status()).isEqualTo(200);

        var analytics = get(admin, ADMIN + "/analytics?coachId={id}", jane.id());

        assertThat(analytics.data().toString())
                .isEqualTo("{\"total\":3,\"byStatus\":{\"New\":2,\"Won\":1},\"bySource\":{\"None\":2,\"Ad\":1},"
                        + "\"byTemperature\":{\"None\":3},\"written\":1,\"replied\":1,\"replyRate\":\"100.00\"}");
    }

    @Test
    void analytics_of_a_coach_who_does_not_exist_are_not_everyones() {
        get(admin, ADMIN + "/analytics");

        assertThat(get(admin, ADMIN + "/analytics?coachId={id}", "nope")
                        .data()
                        .path("total")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void a_coach_is_no_admin() {
        for (var path : new String[] {"", "/search?q=jo", "/analytics", "/export", "/" + UUID.randomUUID()}) {
            assertThat(get(jane, ADMIN + path).status()).isEqualTo(403);
            assertThat(get(given.admin(), ADMIN + path).status()).isEqualTo(403);
        }
    }
}
