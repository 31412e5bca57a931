package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

class ReplyToTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @Test
    void a_reply_quotes_a_message_of_the_same_conversation() throws Exception {
        var jane = given.coach("Jane");
        var lead = given.leadWhoWrote(jane, JOHN);
        var theirs = messageOf(lead);

        reply(jane, lead, theirs).expectStatus().isOk();

        assertThat(sandbox.acceptances().getLast().quoting()).isEqualTo(wamidOf(theirs));
        jane.http()
                .get()
                .uri("/api/messaging/inbox/conversation/" + lead)
                .exchange()
                .expectBody()
                .jsonPath("$.data.messages[1].replyTo")
                .isEqualTo(theirs.toString());
    }

    @Test
    void a_message_of_another_conversation_cannot_be_quoted() throws Exception {
        var jane = given.coach("Jane");
        var john = given.leadWhoWrote(jane, JOHN);
        var ann = given.leadWhoWrote(jane, "+12125550124");

        for (var elsewhere : new UUID[] {messageOf(ann), UUID.randomUUID()}) {
            reply(jane, john, elsewhere)
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.message")
                    .isEqualTo("Message not found");
        }
    }

    @Test
    void what_whatsapp_does_not_have_yet_cannot_be_quoted() throws Exception {
        var jane = given.coach("Jane");
        var lead = given.leadWhoWrote(jane, JOHN);
        jane.http()
                .post()
                .uri("/api/messaging/send")
                .header("Prefer", "respond-async")
                .body(Map.of("to", JOHN, "message", "Queued"))
                .exchange()
                .expectStatus()
                .isEqualTo(202);
        var queued = jdbc.sql("SELECT message_id FROM outbox").query(UUID.class).single();

        reply(jane, lead, queued)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.fields.replyTo")
                .isNotEmpty();
    }

    private UUID messageOf(UUID contact) {
        return jdbc.sql("SELECT id FROM message WHERE contact_id = :contact")
                .param("contact", contact)
                .query(UUID.class)
                .single();
    }

    private String wamidOf(UUID message) {
        return jdbc.sql("SELECT wamid FROM message WHERE id = :id")
                .param("id", message)
                .query(String.class)
                .single();
    }

    private static ResponseSpec reply(Person who, UUID contact, UUID quoted) {
        return who.http()
                .post()
                .uri("/api/messaging/inbox/send")
                .body(Map.of("contactId", contact, "message", "Yes!", "type", "text", "replyTo", quoted))
                .exchange();
    }
}
