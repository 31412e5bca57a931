package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.Invariants;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.Visit;
import com.funnelseye.messaging.contacts.OptOuts;
import com.funnelseye.messaging.contacts.OptOuts.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class OptedOutTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @Autowired
    OptOuts optOuts;

    @Autowired
    Invariants invariants;

    private Person jane;
    private UUID lead;

    @BeforeEach
    void aLeadWhoWrote() throws InterruptedException {
        jane = given.coach("Jane");
        lead = given.leadWhoWrote(jane, JOHN);
    }

    @Test
    void marketing_is_refused_for_coaches_and_admins_and_nothing_is_charged() {
        optOut();
        var marketing = template(jane, "marketing");

        assertRefused(Visit.post(jane, "/send", toJohn(marketing)));
        assertRefused(Visit.post(jane, "/inbox/send", Map.of("contactId", lead, "templateId", marketing)));
        var admin = given.admin("whatsapp_management");
        assertRefused(
                Visit.post(admin, "/admin/send", Map.of("to", JOHN, "templateId", marketing, "coachId", jane.id())));

        assertThat(balance()).isEqualTo(100);
        assertThat(jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single())
                .isZero();
    }

    @Test
    void replies_and_other_templates_still_pass_and_marketing_does_again_after_the_way_back() {
        optOut();
        var marketing = template(jane, "marketing");

        assertThat(Visit.post(jane, "/send", Map.of("to", JOHN, "message", "Hi"))
                        .status())
                .isEqualTo(200);
        assertThat(Visit.post(jane, "/send", toJohn(template(jane, "reminder"))).status())
                .isEqualTo(200);
        optOuts.chose(JOHN.substring(1), false, Source.KEYWORD, null);
        assertThat(Visit.post(jane, "/send", toJohn(marketing)).status()).isEqualTo(200);
    }

    @Test
    void whoever_writes_stop_and_nothing_else_gets_no_marketing_until_the_word_start() throws InterruptedException {
        var marketing = template(jane, "marketing");

        given.customerWrote(JOHN, "Stop by tomorrow");
        assertThat(Visit.post(jane, "/send", toJohn(marketing)).status()).isEqualTo(200);
        given.customerWrote(JOHN, " stop ");
        assertRefused(Visit.post(jane, "/send", toJohn(marketing)));
        given.customerWrote(JOHN, "START");
        assertThat(Visit.post(jane, "/send", toJohn(marketing)).status()).isEqualTo(200);

        assertThat(jdbc.sql("""
            SELECT count(*)
              FROM opt_out_change
              JOIN message ON message.id = proof_message_id
             WHERE source = 'KEYWORD'
            """).query(Long.class).single()).isEqualTo(2);
    }

    @Test
    void what_was_scheduled_before_the_opt_out_fails_when_its_time_comes_and_costs_nothing() {
        var at = Instant.now().plus(Duration.ofHours(1)).toString();
        var sent = Visit.post(
                jane, "/send", Map.of("to", JOHN, "templateId", template(jane, "marketing"), "scheduledAt", at));
        assertThat(sent.status()).as(sent.text()).isEqualTo(202);
        var calls = sandbox.acceptances().size();

        optOut();
        jdbc.sql("UPDATE outbox SET due_at = now(), scheduled_at = now()").update();
        work.send();

        var message = Visit.get(jane, "/inbox/conversation/" + lead).data().at("/messages/1");
        assertThat(message.at("/status").asString()).isEqualTo("failed");
        assertThat(message.at("/failure/code").asString()).isEqualTo("OPTED_OUT");
        assertThat(sandbox.acceptances()).hasSize(calls);
        assertThat(balance()).isEqualTo(100);
        invariants.assertHold();
    }

    private void optOut() {
        optOuts.chose(JOHN.substring(1), true, Source.KEYWORD, null);
    }

    private static void assertRefused(Visit visit) {
        assertThat(visit.status()).as(visit.text()).isEqualTo(400);
        assertThat(visit.code()).isEqualTo("OPTED_OUT");
    }

    private static Map<String, Object> toJohn(String template) {
        return Map.of("to", JOHN, "templateId", template, "type", "template");
    }

    private static String template(Person coach, String category) {
        var body = Map.of("name", category, "category", category, "content", Map.of("body", "Hello!"));
        return Visit.post(coach, "/templates", body).at("/_id");
    }

    private int balance() {
        return Visit.get(jane, "/credits").data().path("balance").asInt();
    }
}
