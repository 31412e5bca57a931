package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadTest extends DeliveryTest {

    /// More often than there are connections: each look gives its own back.
    @Test
    void looking_again_and_again_takes_nothing_away() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        for (var path : List.of("/inbox", "/inbox/conversation/" + contact, "/contacts")) {
            for (var look = 0; look < 40; look++) {
                var answer = Answer.to(jane.http().get().uri("/api/messaging" + path));
                assertThat(answer.status()).as("%s, look %d", path, look).isEqualTo(200);
            }
        }
    }
}
