package com.funnelseye.messaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.Visit;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/// The specification's samples of bulk messages. The requests wait for the sender, as they do in real life.
class BulkSamplesTest extends ServerTest {

    private Person coach;
    private UUID john;
    private UUID jane;

    @BeforeEach
    void twoLeads() throws InterruptedException {
        coach = given.coach("Jane");
        john = given.leadWhoWrote(coach, "+1234567890");
        jane = given.leadWhoWrote(coach, "+1987654321");
    }

    @Test
    void coach_4_send_bulk_messages_is_accepted_and_response_2_is_what_comes_back() throws Exception {
        var answer = sent(coach, "/send-bulk", leads(Sample.named("coach-send-bulk-messages")));

        assertIsResponse2(answer);
        assertThat(answer.at("/creditsUsed")).isEqualTo("2");
        assertThat(answer.at("/remainingCredits")).isEqualTo("98");
    }

    @Test
    void coach_5_send_bulk_template_messages_is_accepted() throws Exception {
        var admin = given.admin("whatsapp_management");
        Visit.post(
                admin,
                "/admin/templates",
                Sample.named("admin-create-global-template").with());
        var template = Visit.get(coach, "/templates").at("/templates/0/_id");
        var sample = leads(Sample.named("coach-send-bulk-template-messages")).replace("welcome_template_id", template);

        assertIsResponse2(sent(coach, "/send-bulk", sample));
        assertThat(sandbox.acceptances().getLast().text()).startsWith("Hello Lead! Welcome to FunnelsEye.");
    }

    @Test
    void admin_2_send_bulk_as_admin_is_accepted_and_goes_to_each_leads_coach_for_nothing() throws Exception {
        var admin = given.admin("whatsapp_management");

        var answer = sent(admin, "/admin/send-bulk", leads(Sample.named("admin-send-bulk-as-admin")));

        assertThat(Sample.named("response-successful-bulk-send").missingIn(answer.text(), Set.of("remainingCredits")))
                .as(answer.text())
                .isEmpty();
        assertThat(answer.at("/creditsUsed")).isEqualTo("0");
        var message = Visit.get(coach, "/inbox/conversation/" + john).data().at("/messages/1");
        assertThat(message.path("senderType").asString()).isEqualTo("admin");
        assertThat(message.at("/content/text").asString()).isEqualTo("System announcement from admin.");
        assertThat(Visit.get(coach, "/credits").at("/balance")).isEqualTo("100");
    }

    private static void assertIsResponse2(Visit answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Sample.named("response-successful-bulk-send").missingIn(answer.text(), Set.of()))
                .as(answer.text())
                .isEmpty();
        assertThat(answer.message()).isEqualTo("Bulk messages sent. 2 successful, 0 failed.");
        assertThat(answer.at("/results/0/contact")).isEqualTo("+1234567890");
        assertThat(answer.at("/errors")).isEmpty();
    }

    private String leads(Sample sample) {
        return sample.with("lead_id_1", john.toString(), "lead_id_2", jane.toString());
    }

    private Visit sent(Person who, String path, String body) throws Exception {
        var over = new AtomicBoolean();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.execute(() -> {
                while (!over.get()) {
                    work.pass("senderWork");
                }
            });
            try {
                return Visit.to(who.http(), HttpMethod.POST, path, body);
            } finally {
                over.set(true);
            }
        }
    }
}
