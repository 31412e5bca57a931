package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.funnelseye.messaging.messages.Lane.State;
import com.funnelseye.messaging.whatsapp.GraphError;
import com.funnelseye.messaging.whatsapp.SendResult;
import com.funnelseye.messaging.whatsapp.Throughput;
import com.funnelseye.sandbox.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What WhatsApp's answer to one message does to others.
class BrakesTest extends LaneTest {

    static final String MARY = "+12125550124";

    @Autowired
    Throughput throughput;

    @Autowired
    Brakes brakes;

    @Test
    void too_fast_halves_the_rate_once_however_many_meet_it_and_fails_none() {
        var lane = lane(given.coach("Jane"), Duration.ZERO, 10);
        sandbox.failNext(10, Fault.refused(130429));
        work.send();
        assertThat(standings(lane)).containsExactly("10 QUEUED");
        var limit = throughput.limitPerSecond();
        assertThat(throughput.ratePerSecond()).isBetween(limit / 2, limit * 0.75);

        timePasses();
        assertThat(throughput.ratePerSecond()).isEqualTo(limit);
        work.send();
        assertThat(standings(lane)).containsExactly("10 ACCEPTED");
    }

    @Test
    void one_too_many_for_a_person_holds_everything_to_her_and_nobody_else() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        given.leadWhoWrote(jane, MARY);
        sandbox.failNext(JOHN, 1, Fault.refused(131056));
        var refused = queue(jane, JOHN);
        work.send();
        var next = queue(jane, JOHN);
        var other = queue(jane, MARY);
        assertThat(waitOf(JOHN)).isCloseTo(1, within(1.0));
        hold(JOHN);
        work.send();
        assertThat(facts(next)).isEqualTo(new Facts("QUEUED", null, "RESERVE"));
        assertThat(facts(other).state()).isEqualTo("ACCEPTED");

        timePasses();
        work.send();
        assertThat(facts(next).state()).isEqualTo("ACCEPTED");
        assertThat(facts(refused).state()).isEqualTo("ACCEPTED");
    }

    @Test
    void each_refusal_in_a_row_makes_a_person_wait_four_times_as_long() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        sandbox.failAlways(JOHN, Fault.refused(131056));
        queue(jane, JOHN);
        for (var seconds : List.of(1, 4, 16, 64, 256, 1024, 1024)) {
            work.send();
            assertThat(waitOf(JOHN)).isCloseTo(seconds, within(seconds > 4 ? 5.0 : 1.0));
            jdbc.sql("UPDATE outbox SET due_at = now()").update();
            jdbc.sql("UPDATE person_pace SET not_before = now()").update();
        }
    }

    @Test
    void a_person_gets_a_burst_and_then_one_message_every_few_seconds() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var lane = lane(jane, Duration.ZERO, PersonPace.BURST + 2);
        jdbc.sql("UPDATE message SET contact_id = (SELECT id FROM contact WHERE phone = :john)")
                .param("john", JOHN)
                .update();
        work.send();
        assertThat(standings(lane)).containsExactly("2 QUEUED", "45 ACCEPTED");
        var waits = jdbc.sql("SELECT extract(epoch FROM due_at - now())::float8 FROM outbox ORDER BY due_at")
                .query(Double.class)
                .list();
        assertThat(waits.get(0)).isBetween(0.0, 6.0);
        assertThat(waits.get(1) - waits.get(0)).isCloseTo(6, within(0.1));
        assertThat(jdbc.sql("SELECT sum(tries) FROM outbox").query(Long.class).single())
                .as("waiting is no try")
                .isZero();
    }

    @Test
    void whoever_has_all_her_tokens_back_is_forgotten() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        queue(jane, JOHN);
        work.send();
        for (var known : List.of(1L, 0L)) {
            work.pass("personPaceWork");
            assertThat(jdbc.sql("SELECT count(*) FROM person_pace")
                            .query(Long.class)
                            .single())
                    .isEqualTo(known);
            jdbc.sql("UPDATE person_pace SET full_at = now()").update();
        }
    }

    @Test
    void a_paused_template_pauses_its_lane_with_the_reason_and_fails_a_single_message() throws Exception {
        var jane = given.coach("Jane");
        for (var code : List.of(132001, 132015, 132016)) {
            var lane = lane(jane, Duration.ZERO, 3);
            sandbox.failNext(Fault.refused(code));
            work.send();
            assertThat(lanes.state(lane)).isEqualTo(State.PAUSED);
            assertThat(lanes.byId(lane).pausedReason()).contains(Integer.toString(code));
            assertThat(standings(lane)).contains("1 QUEUED");

            lanes.resume(lane);
            timePasses();
            work.send();
            assertThat(standings(lane)).containsExactly("3 ACCEPTED");
        }
    }

    @Test
    void reports_of_spam_pause_all_lanes_and_let_single_messages_go_on_slowly() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        for (var code : List.of(131048, 131064)) {
            var lane = lane(given.coach("Ravi"), Duration.ZERO, 2);
            var reply = queue(jane, JOHN);
            sandbox.failNext(JOHN, 1, Fault.refused(code));
            sandbox.failNext(3, Fault.refused(code));
            work.send();
            assertThat(facts(reply).state()).isEqualTo("QUEUED");
            assertThat(lanes.state(lane)).isEqualTo(State.PAUSED);
            assertThat(lanes.byId(lane).pausedReason()).contains(Integer.toString(code));
            assertThat(throughput.ratePerSecond()).isLessThan(throughput.limitPerSecond() / 2);
            assertThat(jdbc.sql("SELECT subject FROM alert WHERE kind = 'SPAM_REPORTED' AND until IS NULL")
                            .query(String.class)
                            .list())
                    .contains(Integer.toString(code));

            sandbox.clearFaults();
            timePasses();
            work.send();
            assertThat(facts(reply).state()).isEqualTo("ACCEPTED");
            assertThat(standings(lane)).containsExactly("2 QUEUED");
        }
    }

    @Test
    void nothing_is_begun_before_the_time_that_whatsapps_quota_names() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        var message = queue(jane, JOHN);
        var lane = lane(jane, Duration.ZERO, 1);
        var attempt = outbox.begin(message).getFirst();
        var quota = new GraphError(80007, "Rate limit issues", null, null);
        brakes.putOn(attempt, new SendResult.Later(quota, SendResult.Reason.QUOTA, Duration.ofMinutes(5)));

        assertThat(outbox.begin(10)).isEmpty();
        var single = queue(jane, JOHN);
        assertThat(outbox.begin(single)).isEmpty();
        timePasses();
        assertThat(outbox.begin(10)).hasSize(2);
        assertThat(standings(lane)).containsExactly("1 SENDING");
    }

    @Test
    void while_the_number_is_stopped_no_lane_is_begun() {
        var lane = lane(given.coach("Jane"), Duration.ZERO, 1);
        sandbox.failNext(Fault.refused(190));
        work.send();
        timePasses();
        work.send();
        assertThat(standings(lane)).containsExactly("1 QUEUED");
        work.pass("channelProbe");
        timePasses();
        work.send();
        assertThat(standings(lane)).containsExactly("1 ACCEPTED");
    }

    @Test
    void what_a_coach_has_scheduled_waits_while_she_is_suspended() throws Exception {
        var jane = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        given.leadWhoWrote(jane, JOHN);
        var hers = queue(jane, JOHN);
        jdbc.sql("UPDATE outbox SET scheduled_at = :at")
                .param("at", Instant.now().atOffset(ZoneOffset.UTC))
                .update();
        post(admin.http(), "/api/messaging/admin/coaches/" + jane.id() + "/suspend", Map.of("reason", "unpaid"));
        timePasses();
        work.send();
        timePasses();
        work.send();
        assertThat(facts(hers)).isEqualTo(new Facts("QUEUED", null, "RESERVE"));

        post(admin.http(), "/api/messaging/admin/coaches/" + jane.id() + "/activate", Map.of());
        timePasses();
        work.send();
        assertThat(facts(hers).state()).isEqualTo("ACCEPTED");
    }

    private void hold(String phone) {
        jdbc.sql("UPDATE person_pace SET not_before = now() + interval '1 minute' WHERE person = :person")
                .param("person", phone.substring(1))
                .update();
        jdbc.sql("UPDATE outbox SET due_at = now() WHERE state = 'QUEUED'").update();
    }

    private double waitOf(String phone) {
        return jdbc.sql("SELECT extract(epoch FROM not_before - now())::float8 FROM person_pace WHERE person = :person")
                .param("person", phone.substring(1))
                .query(Double.class)
                .single();
    }
}
