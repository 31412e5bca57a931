package com.funnelseye.messaging.http;

import com.funnelseye.messaging.ServerTest;
import org.junit.jupiter.api.Test;

class EarlyRefusalTest extends ServerTest {

    @Test
    void what_tomcat_refuses_by_itself_is_answered_in_our_words() {
        anonymous()
                .get()
                .uri("/api/auth/me")
                .header("Authorization", "Bearer " + "a".repeat(1_000_000))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(false)
                .jsonPath("$.code")
                .isEqualTo("BAD_REQUEST");
    }
}
