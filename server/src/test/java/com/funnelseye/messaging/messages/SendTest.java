package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.ServerTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @Test
    void a_text_is_accepted_by_whatsapp_and_answered_as_the_specification_samples_it() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);

        jane.http()
                .post()
                .uri("/api/messaging/send")
                .body(Map.of("to", JOHN, "message", "Hello! This is a test message.", "type", "text"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(true)
                .jsonPath("$.message")
                .isEqualTo("Message sent successfully")
                .jsonPath("$.data.messageId")
                .isNotEmpty()
                .jsonPath("$.data.wamid")
                .value(String.class, wamid -> assertThat(wamid).startsWith("wamid."))
                .jsonPath("$.data.status")
                .isEqualTo("sent")
                .jsonPath("$.data.creditsUsed")
                .isEqualTo(1)
                .jsonPath("$.data.remainingCredits")
                .isEqualTo(99);
    }
}
