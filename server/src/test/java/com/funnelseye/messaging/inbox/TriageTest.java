package com.funnelseye.messaging.inbox;

import static com.funnelseye.messaging.inbox.Threads.assign;
import static com.funnelseye.messaging.inbox.Threads.get;
import static com.funnelseye.messaging.inbox.Threads.list;
import static com.funnelseye.messaging.inbox.Threads.listOfAll;
import static com.funnelseye.messaging.inbox.Threads.notFound;
import static com.funnelseye.messaging.inbox.Threads.ok;
import static com.funnelseye.messaging.inbox.Threads.post;
import static com.funnelseye.messaging.inbox.Threads.put;
import static com.funnelseye.messaging.inbox.Threads.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.ServerTest;
import com.funnelseye.sandbox.CustomerText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TriageTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @AfterEach
    void kept_numbers_are_what_a_recount_says() {
        assertThat(jdbc.sql("""
            SELECT count(*)
              FROM conversation
              JOIN contact ON contact.id = conversation.contact_id
             CROSS JOIN LATERAL (
                   SELECT count(*) AS messages, count(*) FILTER (WHERE NOT is_read) AS unread,
                          (array_agg(id ORDER BY sent_at DESC, id DESC))[1] AS newest
                     FROM message
                    WHERE message.contact_id = conversation.contact_id) AS counted
             WHERE message_count <> messages OR unread_count <> unread OR last_message_id <> newest
                OR conversation.coach_id IS DISTINCT FROM contact.coach_id
            """).query(Long.class).single()).isZero();
        assertThat(jdbc.sql("""
            SELECT count(*)
              FROM message
              JOIN contact ON contact.id = contact_id
             WHERE message.coach_id IS DISTINCT FROM contact.coach_id
            """).query(Long.class).single()).isZero();
        assertThat(jdbc.sql("""
            SELECT count(*)
              FROM coach_total
             WHERE contacts <> (
                   SELECT count(*)
                     FROM contact
                    WHERE coalesce(coach_id, '00000000-0000-0000-0000-000000000000') = coach_total.coach_id)
                OR conversations <> (
                   SELECT count(*)
                     FROM conversation
                    WHERE NOT archived
                      AND coalesce(coach_id, '00000000-0000-0000-0000-000000000000') = coach_total.coach_id)
            """).query(Long.class).single()).isZero();
    }

    @Test
    void an_unknown_sender_is_nobodys_until_an_admin_assigns_her_and_stays_with_that_coach() throws Exception {
        var jane = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        given.customerWrote(JOHN, "Hi, who are you?");
        var contact = soleContact();

        listOfAll(admin, "unassigned=true")
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1)
                .jsonPath("$.data.conversations[0].coach")
                .isEqualTo(null)
                .jsonPath("$.data.conversations[0].suggestedCoach")
                .doesNotExist()
                .jsonPath("$.data.conversations[0].lastMessage.routedBy")
                .isEqualTo("unassigned");
        for (var nobody : List.of("nope", "00000000-0000-0000-0000-000000000000")) {
            listOfAll(admin, "coachId=" + nobody)
                    .jsonPath("$.data.pagination.total")
                    .isEqualTo(0);
        }
        ok(assign(admin, contact, jane.id()))
                .jsonPath("$.data.contactId")
                .isEqualTo(contact.toString())
                .jsonPath("$.data.coach.name")
                .isEqualTo("Jane")
                .jsonPath("$.data.merged")
                .isEqualTo(false);
        given.customerWrote(JOHN, "Hello?");

        list(jane, "")
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1)
                .jsonPath("$.data.conversations[0].unreadCount")
                .isEqualTo(2);
        listOfAll(admin, "unassigned=true").jsonPath("$.data.pagination.total").isEqualTo(0);
    }

    @Test
    void of_two_coaches_with_the_same_lead_the_one_who_wrote_last_gets_what_she_writes() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var janes = given.leadWhoWrote(jane, JOHN);
        var ravis = given.lead(ravi, JOHN);
        reply(jane, janes, "Jane here").expectStatus().isOk();
        reply(ravi, ravis, "Ravi here").expectStatus().isOk();

        given.customerWrote(JOHN, "Hello Ravi", afterwards());

        list(ravi, "")
                .jsonPath("$.data.conversations[0].lastMessage.content.text")
                .isEqualTo("Hello Ravi")
                .jsonPath("$.data.conversations[0].lastMessage.routedBy")
                .isEqualTo("latest_outbound");
    }

    @Test
    void a_reply_that_quotes_goes_to_the_coach_who_wrote_what_it_quotes() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var janes = given.leadWhoWrote(jane, JOHN);
        var ravis = given.lead(ravi, JOHN);
        reply(jane, janes, "Jane here").expectStatus().isOk();
        var quoted = sandbox.acceptances().getLast().wamid();
        reply(ravi, ravis, "Ravi here").expectStatus().isOk();

        sandbox.customerWrites(CustomerText.of(JOHN.substring(1), "John", "Hello Jane")
                .quoting(quoted)
                .at(afterwards()));
        work.readWebhooks(sandbox);

        list(jane, "")
                .jsonPath("$.data.conversations[0].lastMessage.content.text")
                .isEqualTo("Hello Jane")
                .jsonPath("$.data.conversations[0].lastMessage.routedBy")
                .isEqualTo("quoted")
                .jsonPath("$.data.conversations[0].lastMessage.replyTo")
                .isNotEmpty();
    }

    @Test
    void of_several_owners_the_one_who_wrote_last_is_suggested_however_long_ago() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var admin = given.admin("whatsapp_management");
        var janes = given.leadWhoWrote(jane, JOHN);
        reply(jane, janes, "Jane here").expectStatus().isOk();
        given.lead(ravi, JOHN);
        jdbc.sql("UPDATE message SET sent_at = sent_at - interval '40 days'").update();

        given.customerWrote(JOHN, "Long time no see");

        listOfAll(admin, "unassigned=true")
                .jsonPath("$.data.conversations[0].suggestedCoach.name")
                .isEqualTo("Jane");
    }

    @Test
    void what_is_assigned_to_a_coach_who_knows_the_person_is_added_to_her_thread() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var admin = given.admin("whatsapp_management");
        var begin = Instant.now().minus(Duration.ofMinutes(10));
        given.lead(jane, JOHN);
        given.customerWrote(JOHN, "First", begin);
        given.customerWrote(JOHN, "Third", begin.plusSeconds(120));
        var ravis = given.lead(ravi, JOHN);
        given.customerWrote(JOHN, "Second", begin.plusSeconds(60));
        var janes = contactOf(jane.id());
        var unassigned = jdbc.sql("SELECT id FROM contact WHERE coach_id IS NULL")
                .query(UUID.class)
                .single();
        put(jane, janes, "archive").expectStatus().isOk();

        ok(assign(admin, unassigned, jane.id()))
                .jsonPath("$.data.contactId")
                .isEqualTo(janes.toString())
                .jsonPath("$.data.merged")
                .isEqualTo(true);

        ok(get(jane, "/inbox/conversation/" + janes))
                .jsonPath("$.data.messages[*].content.text")
                .isEqualTo(java.util.List.of("First", "Second", "Third"))
                .jsonPath("$.data.messages[1].senderId")
                .isEqualTo(janes.toString());
        list(jane, "").jsonPath("$.data.conversations[0].unreadCount").isEqualTo(3);
        notFound(get(admin, "/admin/inbox/conversation/" + unassigned));
        ok(assign(admin, janes, ravi.id())).jsonPath("$.data.contactId").isEqualTo(ravis.toString());
        list(jane, "").jsonPath("$.data.pagination.total").isEqualTo(0);
    }

    @Test
    void credits_stay_with_the_coach_who_spent_them() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var admin = given.admin("whatsapp_management");
        var john = given.leadWhoWrote(jane, JOHN);
        reply(jane, john, "Jane here").expectStatus().isOk();

        assign(admin, john, ravi.id()).expectStatus().isOk();
        sandbox.reportFailed(sandbox.acceptances().getLast().wamid(), com.funnelseye.sandbox.GraphError.of(131026));
        work.readWebhooks(sandbox);

        assertThat(available(jane.id())).isEqualTo(100);
        assertThat(available(ravi.id())).isEqualTo(100);
        ok(get(ravi, "/inbox/conversation/" + john))
                .jsonPath("$.data.messages[1].senderId")
                .isEqualTo(jane.id().toString())
                .jsonPath("$.data.messages[1].status")
                .isEqualTo("failed");
    }

    @Test
    void a_conversation_with_an_open_message_stays_where_it_is() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var admin = given.admin("whatsapp_management");
        var john = given.leadWhoWrote(jane, JOHN);
        var later = Instant.now().plus(Duration.ofHours(1)).toString();
        post(jane, "/inbox/send", Map.of("contactId", john, "message", "Later", "scheduledAt", later))
                .expectStatus()
                .isEqualTo(202);

        assign(admin, john, ravi.id())
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("STILL_SENDING");
    }

    @Test
    void an_assignment_leaves_a_row_with_both_coaches() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var admin = given.admin("whatsapp_management");
        var john = given.leadWhoWrote(jane, JOHN);

        assign(admin, john, ravi.id()).expectStatus().isOk();

        var row = jdbc.sql("""
            SELECT before ->> 'coachId' AS from_coach, after ->> 'coachId' AS to_coach
              FROM audit_entry
             WHERE action = 'conversation.assigned'
            """).query().singleRow();
        assertThat(row.get("from_coach")).isEqualTo(jane.id().toString());
        assertThat(row.get("to_coach")).isEqualTo(ravi.id().toString());
    }

    @Test
    void only_what_exists_can_be_assigned_to_whom_there_is() throws Exception {
        var jane = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        var john = given.leadWhoWrote(jane, JOHN);

        assertThat(notFound(assign(admin, john, UUID.randomUUID()))).contains("Coach not found");
        assertThat(notFound(assign(admin, john, admin.id()))).contains("Coach not found");
        assertThat(notFound(assign(admin, UUID.randomUUID(), jane.id()))).contains("Contact not found");
        post(admin, "/admin/inbox/conversation/" + john + "/assign", Map.of())
                .expectStatus()
                .isBadRequest();
        assign(jane, john, jane.id()).expectStatus().isForbidden();
        assign(admin, john, jane.id()).expectStatus().isOk();
    }

    /// WhatsApp's times are whole seconds, rounded down: an answer must not seem to come before its question.
    private static Instant afterwards() {
        return Instant.now().plusSeconds(2);
    }

    private UUID soleContact() {
        return jdbc.sql("SELECT id FROM contact").query(UUID.class).single();
    }

    private UUID contactOf(UUID coach) {
        return jdbc.sql("SELECT id FROM contact WHERE coach_id = :coach")
                .param("coach", coach)
                .query(UUID.class)
                .single();
    }

    private long available(UUID coach) {
        return jdbc.sql("SELECT available FROM credit_account WHERE coach_id = :coach")
                .param("coach", coach)
                .query(Long.class)
                .single();
    }
}
