package com.funnelseye.messaging.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.Invariants;
import com.funnelseye.messaging.Recount;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.Visit;
import com.funnelseye.messaging.contacts.OptOuts;
import com.funnelseye.messaging.contacts.OptOuts.Source;
import com.funnelseye.sandbox.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EraseTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    /// Everything a table says, row by row; history that is meant to stay names nobody.
    private static final List<String> TABLES = List.of(
            "contact",
            "message",
            "attempt",
            "whatsapp_event",
            "conversation",
            "last_inbound",
            "opt_out",
            "opt_out_erased",
            "opt_out_change",
            "contact_merge",
            "audit_entry",
            "ledger_entry",
            "read_receipt");

    @Autowired
    Invariants invariants;

    @Autowired
    OptOuts optOuts;

    private Person jane;
    private String john;

    @BeforeEach
    void aThread() throws InterruptedException {
        jane = given.coach("Jane");
        john = Visit.post(jane, "/contacts", Map.of("phone", JOHN, "name", "Johnathan", "email", "j@example.com"))
                .at("/_id");
        given.customerWrote(JOHN, "my secret");
        Visit.put(jane, "/inbox/conversation/" + john + "/read", Map.of());
        reply("our secret");
        work.readWebhooks(sandbox);
    }

    @AfterEach
    void everythingKeptIsExact() {
        Recount.assertExact(jdbc);
        invariants.assertHold();
    }

    @Test
    void nothing_of_the_person_is_left_anywhere() throws Exception {
        var other = Visit.post(jane, "/contacts", Map.of("phone", "+447700900123", "name", "Johnathan"))
                .at("/_id");
        given.customerWrote("+447700900123", "another secret");
        Visit.post(jane, "/contacts/" + john + "/merge", Map.of("mergeWith", other));
        optOuts.chose(JOHN.substring(1), true, Source.KEYWORD, null);
        var wamids = jdbc.sql("SELECT wamid FROM message").query(String.class).list();
        assertThat(mentions("secret")).isNotEmpty();

        var erased = erase(jane, john);

        assertThat(erased.status()).as(erased.text()).isEqualTo(200);
        for (var trace : List.of("secret", "2125550123", "7700900123", "Johnathan", "j@example.com")) {
            assertThat(mentions(trace)).as(trace).isEmpty();
        }
        wamids.forEach(wamid -> assertThat(mentions(wamid)).as(wamid).isEmpty());
    }

    @Test
    void no_list_shows_her_and_what_it_cost_stays() {
        var spent = Visit.get(jane, "/credits").data();

        erase(jane, john);

        assertThat(Visit.get(jane, "/contacts").data().path("contacts").size()).isZero();
        assertThat(Visit.get(jane, "/contacts").data().at("/pagination/total").asInt())
                .isZero();
        assertThat(Visit.get(jane, "/contacts/search?q=Johnathan")
                        .data()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(Visit.get(jane, "/inbox").data().path("conversations").size())
                .isZero();
        assertThat(Visit.get(jane, "/contacts/" + john).status()).isEqualTo(404);
        assertThat(Visit.get(jane, "/inbox/conversation/" + john).status()).isEqualTo(404);
        assertThat(reply("Hi").status()).isEqualTo(404);
        assertThat(Visit.get(jane, "/credits").data()).isEqualTo(spent);
        assertThat(Visit.get(jane, "/stats").data().path("totalMessages").asInt())
                .isEqualTo(1);
        assertThat(Visit.get(given.admin("whatsapp_management"), "/admin/messages")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void who_writes_again_is_a_new_contact() throws Exception {
        erase(jane, john);
        given.customerWrote(JOHN, "me again");

        var contacts = Visit.get(given.admin("whatsapp_management"), "/admin/contacts")
                .data()
                .path("contacts");
        assertThat(contacts.size()).isEqualTo(1);
        assertThat(contacts.at("/0/_id").asString()).isNotEqualTo(john);
        assertThat(contacts.at("/0/messageCount").asInt()).isEqualTo(1);
        assertThat(Visit.post(jane, "/contacts", Map.of("phone", JOHN)).status())
                .isEqualTo(200);
    }

    @Test
    void a_late_report_and_a_repeated_webhook_do_no_harm_and_leave_nothing() throws Exception {
        var wamid = sandbox.acceptances().getLast().wamid();
        sandbox.holdWebhooks();
        sandbox.report(wamid, Status.READ);
        erase(jane, john);
        sandbox.releaseWebhooks();
        work.readWebhooks(sandbox);
        repeatInbound();

        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE read_at IS NOT NULL AND direction = 'OUTBOUND'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(jdbc.sql("SELECT count(*) FROM whatsapp_event WHERE applied_at IS NULL OR problem IS NOT NULL")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM contact").query(Long.class).single())
                .isEqualTo(1);
        assertThat(mentions("2125550123")).isEmpty();
        assertThat(mentions("secret")).isEmpty();
    }

    /// As it came at first; the raw one is gone by now.
    private void repeatInbound() throws InterruptedException {
        jdbc.sql("""
            INSERT INTO whatsapp_event (id, kind, phone_number_id, wamid, payload)
            VALUES (gen_random_uuid(), 'MESSAGE', :number, :wamid, :payload)
            """)
                .param("number", sandbox.options().phoneNumberId())
                .param("wamid", inbound.wamid())
                .param("payload", inbound.payload())
                .update();
        work.readWebhooks(sandbox);
    }

    private record Stored(String wamid, String payload) {}

    private Stored inbound;

    @BeforeEach
    void remember() {
        inbound = jdbc.sql("SELECT wamid, payload FROM whatsapp_event WHERE kind = 'MESSAGE'")
                .query(Stored.class)
                .single();
    }

    @Test
    void an_opt_out_outlives_the_person_and_nothing_else_does() throws Exception {
        optOuts.chose(JOHN.substring(1), true, Source.KEYWORD, null);
        erase(jane, john);
        assertThat(optOuts.isOptedOut(JOHN.substring(1))).isFalse();

        var again = Visit.post(jane, "/contacts", Map.of("phone", JOHN));

        assertThat(again.at("/optOut")).isEqualTo("true");
        assertThat(optOuts.isOptedOut(JOHN.substring(1))).isTrue();
        optOuts.chose(JOHN.substring(1), false, Source.KEYWORD, null);
        erase(jane, again.at("/_id"));
        assertThat(Visit.post(jane, "/contacts", Map.of("phone", JOHN)).at("/optOut"))
                .isEqualTo("false");
    }

    @Test
    void another_coachs_contact_of_the_same_person_keeps_everything() throws Exception {
        var ravi = given.coach("Ravi");
        var his = given.lead(ravi, JOHN);
        optOuts.chose(JOHN.substring(1), true, Source.KEYWORD, null);

        erase(jane, john);

        assertThat(Visit.get(ravi, "/contacts/" + his).at("/optOut")).isEqualTo("true");
        assertThat(Visit.get(ravi, "/inbox/conversation/" + his).at("/window/open"))
                .isEqualTo("true");
    }

    @Test
    void erasing_twice_or_when_deleted_answers_alike_and_strangers_find_nothing() {
        var unknown = erase(jane, UUID.randomUUID().toString());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(erase(given.coach("Ravi"), john)).isEqualTo(unknown);
        Visit.delete(jane, "/contacts/" + john);

        var first = erase(jane, john);
        assertThat(first.status()).isEqualTo(200);
        assertThat(erase(jane, john)).isEqualTo(first);
        assertThat(erase(given.coach("Ravi"), john)).isEqualTo(unknown);
    }

    @Test
    void an_admin_erases_too_and_the_trace_names_only_ids_and_open_messages_come_first() {
        var admin = given.admin("whatsapp_management");
        Visit.post(
                jane,
                "/inbox/send",
                Map.of(
                        "contactId",
                        john,
                        "message",
                        "Later",
                        "scheduledAt",
                        Instant.now().plusSeconds(3600).toString()));
        assertThat(Visit.post(admin, "/admin/contacts/" + john + "/erase", Map.of())
                        .code())
                .isEqualTo("STILL_SENDING");
        var scheduled = Visit.get(jane, "/scheduled").at("/messages/0/_id");
        Visit.delete(jane, "/scheduled/" + scheduled);

        assertThat(Visit.post(admin, "/admin/contacts/" + john + "/erase", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(Visit.get(admin, "/admin/audit?action=contact.erased").data().toString())
                .contains(john);
        assertThat(Visit.post(
                                admin,
                                "/admin/inbox/conversation/" + john + "/assign",
                                Map.of("coachId", given.coach("Ravi").id()))
                        .status())
                .isEqualTo(404);
    }

    private static Visit erase(Person who, String contact) {
        return Visit.post(who, "/contacts/" + contact + "/erase", Map.of());
    }

    private Visit reply(String text) {
        return Visit.post(jane, "/inbox/send", Map.of("contactId", john, "message", text));
    }

    private List<String> mentions(String trace) {
        return TABLES.stream()
                .filter(table -> jdbc.sql("SELECT EXISTS (SELECT FROM " + table
                                + " AS it WHERE position(:trace IN it::text) > 0)")
                        .param("trace", trace)
                        .query(Boolean.class)
                        .single())
                .toList();
    }
}
