package com.funnelseye.messaging.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.whatsapp.SendResult.Ambiguous;
import com.funnelseye.messaging.whatsapp.SendResult.ChannelDown;
import com.funnelseye.messaging.whatsapp.SendResult.Held;
import com.funnelseye.messaging.whatsapp.SendResult.Later;
import com.funnelseye.messaging.whatsapp.SendResult.Reason;
import com.funnelseye.messaging.whatsapp.SendResult.Rejected;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    @ParameterizedTest
    @CsvSource({
        "2, OUTAGE",
        "131016, OUTAGE",
        "131057, OUTAGE",
        "133000, OUTAGE",
        "133004, OUTAGE",
        "133015, OUTAGE",
        "4, QUOTA",
        "17, QUOTA",
        "80007, QUOTA",
        "130429, THROUGHPUT",
        "131056, PAIR",
        "131048, SPAM",
        "131064, SPAM"
    })
    void waits_and_says_what_else_has_to_wait(int code, Reason reason) {
        assertThat(verdictOn(code)).isEqualTo(new Later(error(code), reason, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {132001, 132015, 132016})
    void holds_a_template_that_whatsapp_will_not_send(int code) {
        assertThat(verdictOn(code)).isInstanceOf(Held.class);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 3, 10, 33, 104, 190, 200, 201, 250, 299, 368, 131005, 131031, 131037, 131042, 131045, 133006, 133010,
                134011
            })
    void stops_the_channel_for_what_only_an_operator_can_cure(int code) {
        assertThat(verdictOn(code)).isInstanceOf(ChannelDown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 131000})
    void takes_an_unknown_failure_for_perhaps_sent(int code) {
        assertThat(verdictOn(code)).isInstanceOf(Ambiguous.class);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                5, 100, 199, 300, 803, 130403, 130472, 130497, 131008, 131009, 131021, 131026, 131030, 131047, 131049,
                131050, 131051, 131053, 131062, 132000, 132005, 132007, 132012, 132018, 135000, 137000, 999999, -1
            })
    void fails_the_message_for_every_other_code_known_or_not(int code) {
        assertThat(verdictOn(code)).isInstanceOf(Rejected.class);
    }

    @Test
    void passes_on_how_long_whatsapp_asks_to_wait() {
        var pause = Duration.ofMinutes(5);
        assertThat(Verdict.on(error(4), pause)).isEqualTo(new Later(error(4), Reason.QUOTA, pause));
    }

    private static SendResult verdictOn(int code) {
        return Verdict.on(error(code), null);
    }

    private static GraphError error(int code) {
        return new GraphError(code, "title", null, null);
    }
}
