package com.funnelseye.messaging.inbox;

import static com.funnelseye.messaging.inbox.Threads.get;
import static com.funnelseye.messaging.inbox.Threads.list;
import static com.funnelseye.messaging.inbox.Threads.listOfAll;
import static com.funnelseye.messaging.inbox.Threads.notFound;
import static com.funnelseye.messaging.inbox.Threads.ok;
import static com.funnelseye.messaging.inbox.Threads.put;
import static com.funnelseye.messaging.inbox.Threads.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InboxTest extends ServerTest {

    private static final String JOHN = "+12125550123";
    private static final String ANN = "+12125550124";

    @Test
    void a_row_has_what_the_specification_samples_and_the_window() throws Exception {
        var jane = given.coach("Jane");
        var john = given.leadWhoWrote(jane, JOHN);

        list(jane, "page=1&limit=10")
                .jsonPath("$.data.conversations[0].contactId")
                .isEqualTo(john.toString())
                .jsonPath("$.data.conversations[0].contactPhone")
                .isEqualTo(JOHN)
                .jsonPath("$.data.conversations[0].lastMessage.senderType")
                .isEqualTo("lead")
                .jsonPath("$.data.conversations[0].lastMessage.isRead")
                .isEqualTo(false)
                .jsonPath("$.data.conversations[0].lastMessage.routedBy")
                .isEqualTo("sole_owner")
                .jsonPath("$.data.conversations[0].unreadCount")
                .isEqualTo(1)
                .jsonPath("$.data.conversations[0].totalMessages")
                .isEqualTo(1)
                .jsonPath("$.data.conversations[0].window.open")
                .isEqualTo(true)
                .jsonPath("$.data.conversations[0].archived")
                .isEqualTo(false)
                .jsonPath("$.data.conversations[0].coach")
                .doesNotExist()
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1);
    }

    @Test
    void page_one_of_a_conversation_is_the_newest_and_begins_with_its_oldest() throws Exception {
        var jane = given.coach("Jane");
        var john = given.lead(jane, JOHN);
        var begin = Instant.now().minusSeconds(60);
        for (var n = 1; n <= 5; n++) {
            given.customerWrote(JOHN, "Message " + n, begin.plusSeconds(n));
        }

        ok(get(jane, "/inbox/conversation/" + john + "?page=1&limit=2"))
                .jsonPath("$.data.messages[*].content.text")
                .isEqualTo(java.util.List.of("Message 4", "Message 5"))
                .jsonPath("$.data.pagination.total")
                .isEqualTo(5)
                .jsonPath("$.data.window.open")
                .isEqualTo(true);
    }

    @Test
    void the_same_webhook_twice_is_one_message() throws Exception {
        var jane = given.coach("Jane");
        given.lead(jane, JOHN);
        sandbox.holdWebhooks();
        sandbox.customerWrites(JOHN.substring(1), "John", "Hi!");
        var webhook = sandbox.pending().getFirst();
        sandbox.deliver(webhook);
        sandbox.deliver(webhook);
        sandbox.releaseWebhooks();
        work.readWebhooks(sandbox);

        list(jane, "")
                .jsonPath("$.data.conversations[0].totalMessages")
                .isEqualTo(1)
                .jsonPath("$.data.conversations[0].unreadCount")
                .isEqualTo(1);
    }

    @Test
    void filters_choose_among_conversations() throws Exception {
        var jane = given.coach("Jane");
        var john = given.leadWhoWrote(jane, JOHN);
        var ann = given.lead(jane, ANN);
        given.customerWrote(ANN, "Hello", Instant.now().minus(Duration.ofHours(23)));
        named(john, "José Álvarez");
        reply(jane, john, "Hi José").expectStatus().isOk();
        put(jane, john, "read").expectStatus().isOk();

        only(jane, "unreadOnly=true", ann);
        only(jane, "awaiting=true", ann);
        only(jane, "window=closing", ann);
        only(jane, "search=jose alv", john);
        only(jane, "search=+1 (212) 555-0124", ann);
        list(jane, "window=open").jsonPath("$.data.conversations.length()").isEqualTo(2);
        list(jane, "window=closed").jsonPath("$.data.conversations.length()").isEqualTo(0);
        list(jane, "search=%%").jsonPath("$.data.conversations.length()").isEqualTo(0);
        list(jane, "search=x").jsonPath("$.data.conversations.length()").isEqualTo(2);
        jdbc.sql("UPDATE last_inbound SET at = at - interval '25 hours'").update();
        list(jane, "window=closed").jsonPath("$.data.conversations.length()").isEqualTo(2);
    }

    @Test
    void a_filter_of_the_wrong_kind_is_named() {
        var jane = given.coach("Jane");

        for (var field : new String[] {"window", "awaiting", "unreadOnly", "archived"}) {
            get(jane, "/inbox?" + field + "=maybe")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.fields." + field)
                    .isNotEmpty();
        }
    }

    @Test
    void an_archived_conversation_comes_back_when_the_person_writes() throws Exception {
        var jane = given.coach("Jane");
        var john = given.leadWhoWrote(jane, JOHN);

        put(jane, john, "archive").expectStatus().isOk();
        put(jane, john, "archive").expectStatus().isOk();
        total(jane, "", 0);
        only(jane, "archived=true", john);
        reply(jane, john, "Still there?").expectStatus().isOk();
        total(jane, "", 0);
        given.customerWrote(JOHN, "Yes!");

        total(jane, "", 1);
        put(jane, john, "archive").expectStatus().isOk();
        put(jane, john, "unarchive").expectStatus().isOk();
        total(jane, "", 1);
    }

    @Test
    void unread_again_is_one_message_however_often_it_is_said() throws Exception {
        var jane = given.coach("Jane");
        var john = given.leadWhoWrote(jane, JOHN);
        given.customerWrote(JOHN, "Are you there?");
        put(jane, john, "read").expectStatus().isOk();

        ok(put(jane, john, "unread")).jsonPath("$.data.unreadCount").isEqualTo(1);
        ok(put(jane, john, "unread")).jsonPath("$.data.unreadCount").isEqualTo(1);

        ok(put(jane, john, "read")).jsonPath("$.data.markedCount").isEqualTo(1);
    }

    @Test
    void an_admins_look_changes_nothing_and_leaves_a_row() throws Exception {
        var jane = given.coach("Jane");
        var john = given.leadWhoWrote(jane, JOHN);
        var admin = given.admin("whatsapp_management");

        ok(get(admin, "/admin/inbox/conversation/" + john))
                .jsonPath("$.data.messages[0].isRead")
                .isEqualTo(false)
                .jsonPath("$.data.coach.name")
                .isEqualTo("Jane");

        list(jane, "").jsonPath("$.data.conversations[0].unreadCount").isEqualTo(1);
        assertThat(jdbc.sql("SELECT subject_id FROM audit_entry WHERE action = 'conversation.viewed' AND actor_id"
                                + " = :id")
                        .param("id", admin.id())
                        .query(UUID.class)
                        .single())
                .isEqualTo(john);
    }

    @Test
    void an_admin_sees_everyones_conversations_or_one_coachs() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        given.leadWhoWrote(jane, JOHN);
        given.leadWhoWrote(ravi, ANN);
        var admin = given.admin("whatsapp_management");

        listOfAll(admin, "").jsonPath("$.data.pagination.total").isEqualTo(2);
        listOfAll(admin, "coachId=" + ravi.id())
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1)
                .jsonPath("$.data.conversations[0].coach.name")
                .isEqualTo("Ravi");
        get(jane, "/admin/inbox").expectStatus().isForbidden();
        get(admin, "/inbox").expectStatus().isForbidden();
    }

    @Test
    void an_admin_writes_into_the_coachs_thread() throws Exception {
        var jane = given.coach("Jane");
        var john = given.leadWhoWrote(jane, JOHN);
        var admin = given.admin("whatsapp_management");

        ok(Threads.post(
                        admin,
                        "/admin/inbox/send",
                        java.util.Map.of("contactId", john, "message", "Support here", "type", "text")))
                .jsonPath("$.data.creditsUsed")
                .isEqualTo(0);

        list(jane, "")
                .jsonPath("$.data.conversations[0].lastMessage.senderType")
                .isEqualTo("admin")
                .jsonPath("$.data.conversations[0].totalMessages")
                .isEqualTo(2);
    }

    @Test
    void another_coachs_conversation_is_like_one_that_does_not_exist() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var john = given.leadWhoWrote(jane, JOHN);
        var message = jdbc.sql("SELECT id FROM message").query(UUID.class).single();

        var unknown = notFound(get(ravi, "/inbox/conversation/" + UUID.randomUUID()));
        assertThat(unknown).contains("Contact not found");
        assertThat(notFound(get(ravi, "/inbox/conversation/" + john))).isEqualTo(unknown);
        assertThat(notFound(get(ravi, "/inbox/conversation/no-id"))).isEqualTo(unknown);
        assertThat(notFound(reply(ravi, john, "Hi"))).isEqualTo(unknown);
        for (var action : new String[] {"read", "unread", "archive", "unarchive"}) {
            assertThat(notFound(put(ravi, john, action))).isEqualTo(unknown);
        }
        assertThat(notFound(ravi.http()
                        .put()
                        .uri("/api/messaging/inbox/messages/" + message + "/read")
                        .exchange()))
                .isEqualTo(notFound(ravi.http()
                        .put()
                        .uri("/api/messaging/inbox/messages/" + UUID.randomUUID() + "/read")
                        .exchange()));
        list(jane, "").jsonPath("$.data.conversations[0].unreadCount").isEqualTo(1);
    }

    private static void only(Person coach, String query, UUID contact) {
        list(coach, query)
                .jsonPath("$.data.conversations.length()")
                .isEqualTo(1)
                .jsonPath("$.data.conversations[0].contactId")
                .isEqualTo(contact.toString())
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1);
    }

    private static void total(Person coach, String query, int total) {
        list(coach, query)
                .jsonPath("$.data.conversations.length()")
                .isEqualTo(total)
                .jsonPath("$.data.pagination.total")
                .isEqualTo(total);
    }

    private void named(UUID contact, String name) {
        jdbc.sql("UPDATE contact SET name = :name WHERE id = :id")
                .param("name", name)
                .param("id", contact)
                .update();
    }
}
