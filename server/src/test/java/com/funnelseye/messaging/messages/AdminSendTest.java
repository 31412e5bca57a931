package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

class AdminSendTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @Test
    void with_a_coach_it_goes_into_her_thread_and_costs_nobody_anything() throws Exception {
        var jane = given.coach("Jane");
        var lead = given.leadWhoWrote(jane, JOHN);
        var admin = given.admin("whatsapp_management");

        send(admin, Map.of("to", JOHN, "message", "Hello from admin!", "type", "text", "coachId", jane.id()))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.status")
                .isEqualTo("sent")
                .jsonPath("$.data.creditsUsed")
                .isEqualTo(0)
                .jsonPath("$.data.remainingCredits")
                .isEqualTo(100);

        seen(jane.http().get().uri("/api/messaging/inbox/conversation/" + lead).exchange())
                .jsonPath("$.data.messages[1].senderType")
                .isEqualTo("admin")
                .jsonPath("$.data.messages[1].senderId")
                .isEqualTo(admin.id().toString());
        assertThat(entries("message_id IS NOT NULL")).isZero();
    }

    @Test
    void with_a_lead_alone_it_goes_to_the_leads_coach() throws Exception {
        var jane = given.coach("Jane");
        var lead = given.leadWhoWrote(jane, JOHN);
        var admin = given.admin("whatsapp_management");

        seen(send(admin, Map.of("to", JOHN, "message", "Hello", "leadId", lead)))
                .jsonPath("$.data.remainingCredits")
                .isEqualTo(100);

        assertThat(jdbc.sql("SELECT contact_id FROM message WHERE direction = 'OUTBOUND'")
                        .query(UUID.class)
                        .single())
                .isEqualTo(lead);
    }

    @Test
    void without_either_it_goes_to_a_contact_that_is_nobodys() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var admin = given.admin("whatsapp_management");

        seen(send(admin, Map.of("to", JOHN, "message", "Hello")))
                .jsonPath("$.data.remainingCredits")
                .isEqualTo(null);

        assertThat(jdbc.sql("SELECT count(*) FROM contact WHERE coach_id IS NULL")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void an_admins_send_leaves_a_row_that_names_ids_only() throws Exception {
        var jane = given.coach("Jane");
        var lead = given.leadWhoWrote(jane, JOHN);
        var admin = given.admin("whatsapp_management");

        send(admin, Map.of("to", JOHN, "message", "Secret", "leadId", lead))
                .expectStatus()
                .isOk();

        var after = jdbc.sql("SELECT after::text FROM audit_entry WHERE action = 'message.sent' AND actor_id = :id")
                .param("id", admin.id())
                .query(String.class)
                .single();
        assertThat(after).contains(lead.toString(), jane.id().toString()).doesNotContain("Secret", "2125550123");
    }

    @Test
    void what_does_not_fit_is_refused_in_the_documented_words() throws Exception {
        var jane = given.coach("Jane");
        var lead = given.leadWhoWrote(jane, JOHN);
        var admin = given.admin("whatsapp_management");

        refused(send(admin, Map.of("message", "Hi", "coachId", jane.id())), 400, "Recipient phone number is required");
        refused(send(admin, Map.of("to", JOHN, "message", "Hi", "coachId", "x")), 404, "Coach not found");
        refused(send(admin, Map.of("to", JOHN, "message", "Hi", "coachId", admin.id())), 404, "Coach not found");
        refused(send(admin, Map.of("to", JOHN, "message", "Hi", "leadId", "x")), 404, "Contact not found");
        refused(
                send(admin, Map.of("to", "+12125550999", "message", "Hi", "leadId", lead)),
                400,
                "leadId does not match recipient");
        refused(send(jane, Map.of("to", JOHN, "message", "Hi")), 403, "Access denied. Insufficient permissions.");
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE direction = 'OUTBOUND'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void the_window_counts_for_admins_too() {
        var jane = given.coach("Jane");
        given.lead(jane, JOHN);
        var admin = given.admin("whatsapp_management");

        seen400(send(admin, Map.of("to", JOHN, "message", "Hi", "coachId", jane.id())))
                .jsonPath("$.code")
                .isEqualTo("WINDOW_CLOSED");
    }

    @Test
    void a_coach_cannot_speak_for_another() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        given.leadWhoWrote(jane, JOHN);

        jane.http()
                .post()
                .uri("/api/messaging/send")
                .body(Map.of("to", JOHN, "message", "Hi", "coachId", ravi.id()))
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(jdbc.sql("SELECT coach_id FROM message WHERE direction = 'OUTBOUND'")
                        .query(UUID.class)
                        .single())
                .isEqualTo(jane.id());
    }

    private long entries(String condition) {
        return jdbc.sql("SELECT count(*) FROM ledger_entry WHERE " + condition)
                .query(Long.class)
                .single();
    }

    private static ResponseSpec send(Person who, Map<String, ?> body) {
        return who.http().post().uri("/api/messaging/admin/send").body(body).exchange();
    }

    private static BodyContentSpec seen(ResponseSpec answer) {
        return answer.expectStatus().isOk().expectBody();
    }

    private static BodyContentSpec seen400(ResponseSpec answer) {
        return answer.expectStatus().isBadRequest().expectBody();
    }

    private static void refused(ResponseSpec answer, int status, String sentence) {
        answer.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.message")
                .isEqualTo(sentence);
    }
}
