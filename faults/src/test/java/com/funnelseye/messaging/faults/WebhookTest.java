package com.funnelseye.messaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.faults.World.Coach;
import com.funnelseye.sandbox.Fault;
import com.funnelseye.sandbox.PendingWebhook;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Webhooks come twice, in any order, early, late, changed and from strangers.
class WebhookTest {

    private final World world = World.shared();
    private final Coach coach = world.coach(20);
    private final Meta meta = new Meta(world);

    @AfterEach
    void every_promise_held() {
        world.check();
    }

    @Test
    void f16_five_times_shuffled_and_a_day_later_gives_the_same_rows() throws Exception {
        var customers = Stream.generate(world::customer).limit(5).toList();
        world.sandbox.holdWebhooks();
        for (var to : customers) {
            assertThat(world.send(world.a, coach, "f16" + to, to, "wait=20").status())
                    .isEqualTo(200);
        }
        Pause.until(
                "all statuses wait", Duration.ofSeconds(20), () -> statuses().size() == 15);
        var all = new ArrayList<PendingWebhook>();
        Collections.nCopies(5, statuses()).forEach(all::addAll);
        Collections.shuffle(all, new Random(16));
        deliver(all);
        Pause.until("all are read", Duration.ofSeconds(20), () -> read() == 5);
        var before = fingerprint();

        world.rows.run("UPDATE whatsapp_event SET received_at = received_at - interval '1 day'");
        Collections.shuffle(all, new Random(61));
        deliver(all.subList(0, 30));
        awaitApplied();

        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void f17_a_report_before_our_own_record_counts_at_once() {
        var to = world.customer();
        world.sandbox.failNext(to.substring(1), 1, new Fault.Slow(Duration.ofSeconds(3)));
        var sent = Executors.newVirtualThreadPerTaskExecutor()
                .submit(() -> world.send(world.a, coach, "f17", to, "wait=20"));
        Pause.until("WhatsApp accepts", Duration.ofSeconds(20), () -> world.truth.acceptances(to) == 1);

        Pause.until(
                "the webhook settles it",
                Duration.ofSeconds(20),
                () -> fact("outcome", to).equals("ACCEPTED"));
        assertThat(sent.isDone()).as("WhatsApp's answer is still to come").isFalse();
        Pause.until(
                "it is read", Duration.ofSeconds(20), () -> !fact("read_at", to).equals("null"));
        var before = fingerprint();
        assertThat(sent).succeedsWithin(Duration.ofSeconds(20)).matches(answer -> answer.status() == 200);

        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void f17_an_early_report_that_names_no_attempt_waits_for_our_record() throws Exception {
        var to = world.customer();
        world.sandbox.holdWebhooks();
        world.sandbox.failNext(to.substring(1), 1, new Fault.Slow(Duration.ofSeconds(3)));
        var sent = Executors.newVirtualThreadPerTaskExecutor()
                .submit(() -> world.send(world.a, coach, "f17b", to, "wait=20"));
        Pause.until("a report waits", Duration.ofSeconds(20), () -> !statuses().isEmpty());
        var delivered = statuses().getFirst();
        world.sandbox.drop(delivered);
        var nameless = delivered.body().replaceAll(",?\"biz_opaque_callback_data\":\"[^\"]*\"", "");
        assertThat(nameless).isNotEqualTo(delivered.body());

        assertThat(meta.post(nameless, meta.signature(nameless))).isEqualTo(200);
        Pause.of(Duration.ofMillis(500));
        assertThat(fact("outcome", to)).as("not ours to guess").isEqualTo("null");
        assertThat(sent).succeedsWithin(Duration.ofSeconds(20)).matches(answer -> answer.status() == 200);

        awaitApplied();
    }

    @Test
    void f18_nothing_forged_is_let_in() throws Exception {
        var to = world.customer();
        world.sandbox.holdWebhooks();
        world.send(world.a, coach, "f18", to, "wait=20");
        Pause.until("a report waits", Duration.ofSeconds(20), () -> !statuses().isEmpty());
        var body = statuses().getFirst().body();
        var good = meta.signature(body);
        var before = events();

        assertThat(meta.post(body, null)).isEqualTo(401);
        assertThat(meta.post(body, "sha256=" + "0".repeat(64))).isEqualTo(401);
        assertThat(meta.post(body, Meta.signature(body, "another-secret"))).isEqualTo(401);
        assertThat(meta.post(body, good.replace("sha256=", "sha1="))).isEqualTo(401);
        assertThat(meta.post(body, good.substring(0, good.length() - 1))).isEqualTo(401);
        assertThat(meta.post(body + " ", good)).isEqualTo(401);
        assertThat(meta.post(body.replaceFirst("sent", "se\\\\u006et"), good)).isEqualTo(401);

        assertThat(events()).isEqualTo(before);
        assertThat(meta.post(body, good)).isEqualTo(200);
        assertThat(events()).isEqualTo(before + 1);
    }

    @Test
    void f19_another_number_cannot_speak_for_our_attempt() throws Exception {
        var to = world.customer();
        world.sandbox.holdWebhooks();
        world.sandbox.failNext(to.substring(1), 1, new Fault.Reset(true));
        world.send(world.a, coach, "f19", to, "wait=20");
        world.awaitFacts(idTo(to), "UNKNOWN / UNKNOWN / RESERVE");
        Pause.until("a report waits", Duration.ofSeconds(20), () -> !statuses().isEmpty());
        var before = fingerprint();

        var stranger =
                statuses().getFirst().body().replace(world.sandbox.options().phoneNumberId(), "999999999999999");
        assertThat(meta.post(stranger, meta.signature(stranger))).isEqualTo(200);
        world.timePasses();
        Pause.of(Duration.ofSeconds(1));

        assertThat(fingerprint()).isEqualTo(before);
        assertThat(world.facts(idTo(to))).isEqualTo("UNKNOWN / UNKNOWN / RESERVE");
        world.sandbox.releaseWebhooks();
        world.awaitFacts(idTo(to), "ACCEPTED / ACCEPTED / RESERVE CAPTURE");
    }

    private List<PendingWebhook> statuses() {
        return world.sandbox.pending().stream()
                .filter(webhook -> !webhook.about().equals("inbound"))
                .toList();
    }

    private void deliver(List<PendingWebhook> webhooks) throws IOException, InterruptedException {
        for (var webhook : webhooks) {
            assertThat(world.sandbox.deliver(webhook)).isEqualTo(200);
        }
    }

    private void awaitApplied() {
        Pause.until(
                "all are applied",
                Duration.ofSeconds(20),
                () -> world.rows.count(
                                "SELECT count(*) FROM whatsapp_event WHERE kind = 'STATUS' AND applied_at IS NULL AND"
                                        + " phone_number_id <> '999999999999999'")
                        == 0);
    }

    private long read() {
        return world.rows.count(
                "SELECT count(*) FROM message WHERE coach_id = ? AND delivered_at IS NOT NULL AND read_at IS NOT NULL",
                coach.id());
    }

    private long events() {
        return world.rows.count("SELECT count(*) FROM whatsapp_event");
    }

    private String fact(String column, String to) {
        return world.rows.one(
                "SELECT %s FROM message WHERE direction = 'OUTBOUND' AND recipient_phone = ?".formatted(column), to);
    }

    private String fingerprint() {
        return world.rows.one("""
            SELECT md5(string_agg(line, ' ' ORDER BY line))
              FROM (SELECT message::text AS line FROM message WHERE coach_id = ?
                     UNION ALL SELECT ledger_entry::text FROM ledger_entry WHERE coach_id = ?) AS lines
            """, coach.id(), coach.id());
    }

    private UUID idTo(String to) {
        return UUID.fromString(
                world.rows.one("SELECT id FROM message WHERE direction = 'OUTBOUND' AND recipient_phone = ?", to));
    }
}
