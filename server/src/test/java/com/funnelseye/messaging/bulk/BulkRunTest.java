package com.funnelseye.messaging.bulk;

import static com.funnelseye.messaging.Visit.get;
import static com.funnelseye.messaging.Visit.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Meta;
import com.funnelseye.messaging.Visit;
import com.funnelseye.sandbox.Fault;
import com.funnelseye.sandbox.GraphError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A bulk on its way: progress, pausing, taking back, failing, trying again.
class BulkRunTest extends BulkScene {

    private static final GraphError NOT_REACHABLE =
            new GraphError(400, "OAuthException", 131026, null, "Message undeliverable", null);

    @Test
    void a_bulk_is_sent_and_its_progress_can_be_watched() {
        var jane = given.coach("Jane");
        leads(jane, 1, 5);
        var id = queued(jane, with(text(contacts(1, 5)), "name", "News"));
        assertThat(get(jane, "/bulk/" + id).at("/status")).isEqualTo("running");

        send();

        var bulk = get(jane, "/bulk/" + id);
        assertThat(counts(bulk)).isEqualTo("5 5 0 0 0 0 0");
        assertThat(bulk.at("/status") + bulk.at("/name")).isEqualTo("completedNews");
        assertThat(bulk.at("/creditsUsed") + bulk.at("/creditsReserved")).isEqualTo("50");
        assertThat(bulk.at("/startedAt")).isNotEmpty();
        assertThat(bulk.at("/finishedAt")).isNotEmpty();
        assertThat(bulk.at("/etaSeconds")).isEqualTo("0");
        assertThat(purse(jane)).isEqualTo(new Purse(95, 0, 5));
        assertThat(get(jane, "/bulk").at("/bulks/0/bulkId")).isEqualTo(id);
        var sent = get(jane, "/bulk/" + id + "/recipients?status=successful");
        assertThat(sent.at("/recipients/4/contact")).isEqualTo(phone(5));
        assertThat(sent.at("/recipients/4/status")).isEqualTo("sent");
        assertThat(sent.at("/pagination/total")).isEqualTo("5");
        assertThat(get(jane, "/bulk/" + id + "/recipients?status=failed").at("/pagination/total"))
                .isEqualTo("0");
    }

    @Test
    void once_a_pause_is_answered_nothing_begins_until_it_is_taken_back() {
        var jane = given.coach("Jane");
        leads(jane, 1, 4);
        var id = queued(jane, text(contacts(1, 4)));

        var paused = post(jane, "/bulk/" + id + "/pause", Map.of());

        assertThat(paused.at("/status")).isEqualTo("paused");
        assertThat(paused.at("/pausedReason")).isEqualTo("Paused by the coach");
        send();
        assertThat(counts(get(jane, "/bulk/" + id))).isEqualTo("4 0 0 0 4 0 0");
        assertThat(count("attempt")).isZero();
        assertThat(post(jane, "/bulk/" + id + "/pause", Map.of()).status()).isEqualTo(200);
        assertThat(post(jane, "/bulk/" + id + "/resume", Map.of()).at("/status"))
                .isEqualTo("running");
        send();
        assertThat(counts(get(jane, "/bulk/" + id))).isEqualTo("4 4 0 0 0 0 0");
        assertThat(post(jane, "/bulk/" + id + "/pause", Map.of()).code()).isEqualTo("BULK_STATE");
    }

    @Test
    void a_resumed_bulk_does_not_make_up_for_its_pause() {
        var jane = given.coach("Jane");
        leads(jane, 1, 10);
        var id = queued(jane, with(text(contacts(1, 10)), "delay", 60_000));
        work.send();
        var begun = count("attempt");
        post(jane, "/bulk/" + id + "/pause", Map.of());
        jdbc.sql("UPDATE lane_pace SET next_send_at = now() - interval '1 hour'")
                .update();

        post(jane, "/bulk/" + id + "/resume", Map.of());
        work.send();

        assertThat(begun).isLessThanOrEqualTo(1);
        assertThat(count("attempt")).isBetween(1L, begun + 1);
    }

    @Test
    void a_cancelled_bulk_gives_back_the_rest_and_nothing_else() {
        var jane = given.coach("Jane");
        leads(jane, 1, 6);
        var id = queued(jane, with(text(contacts(1, 6)), "delay", 60_000));
        work.send();
        var gone = (int) count("attempt");

        var cancelled = post(jane, "/bulk/" + id + "/cancel", Map.of());
        assertThat(cancelled.status()).isEqualTo(200);
        send();

        var bulk = get(jane, "/bulk/" + id);
        assertThat(counts(bulk)).isEqualTo("6 %d 0 0 0 0 %d".formatted(gone, 6 - gone));
        assertThat(bulk.at("/status")).isEqualTo("cancelled");
        assertThat(purse(jane)).isEqualTo(new Purse(100 - gone, 0, gone));
        assertThat(count("attempt")).isEqualTo(gone);
        assertThat(post(jane, "/bulk/" + id + "/resume", Map.of()).code()).isEqualTo("BULK_STATE");
        assertThat(post(jane, "/bulk/" + id + "/cancel", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void a_bulk_for_later_waits_for_its_time() {
        var jane = given.coach("Jane");
        leads(jane, 1, 2);
        var time = Instant.now().plus(Duration.ofHours(1)).toString();
        var answer = post(jane, "/send-bulk", with(text(contacts(1, 2)), "scheduledAt", time));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.at("/status")).isEqualTo("scheduled");
        var id = answer.at("/bulkId");
        send();
        assertThat(get(jane, "/bulk/" + id).at("/startedAt")).isEmpty();
        assertThat(Long.parseLong(get(jane, "/bulk/" + id).at("/etaSeconds"))).isBetween(3500L, 3602L);
        assertThat(purse(jane)).isEqualTo(new Purse(98, 2, 0));
        assertThat(get(jane, "/scheduled").at("/pagination/total")).isEqualTo("0");

        jdbc.sql("UPDATE lane SET starts_at = now()").update();
        jdbc.sql("UPDATE outbox SET due_at = now()").update();
        sweep();
        send();

        assertThat(counts(get(jane, "/bulk/" + id))).isEqualTo("2 2 0 0 0 0 0");
    }

    @Test
    void failures_are_told_and_what_whatsapp_reports_later_counts_as_failed() throws Exception {
        var jane = given.coach("Jane");
        leads(jane, 1, 3);
        sandbox.failNext(new Fault.Refused(NOT_REACHABLE));
        var id = queued(jane, text(contacts(1, 3)));
        send();
        assertThat(counts(get(jane, "/bulk/" + id))).isEqualTo("3 2 1 0 0 0 0");
        assertThat(purse(jane)).isEqualTo(new Purse(98, 0, 2));

        reportFailed(id, 131049);

        var bulk = get(jane, "/bulk/" + id);
        assertThat(counts(bulk)).isEqualTo("3 1 2 0 0 0 0");
        assertThat(bulk.at("/creditsUsed")).isEqualTo("1");
        assertThat(purse(jane)).isEqualTo(new Purse(99, 0, 1));
        var failed =
                get(jane, "/bulk/" + id + "/recipients?status=failed").data().path("recipients");
        assertThat(failed.valueStream().map(one -> one.path("code").asString()).toList())
                .containsExactlyInAnyOrder("131026", "131049");
        assertThat(failed.valueStream().filter(one -> one.has("retryableAt")).count())
                .isEqualTo(1);
    }

    @Test
    void those_who_failed_are_tried_again_once_and_not_before_their_time() throws Exception {
        var jane = given.coach("Jane");
        leads(jane, 1, 4);
        sandbox.failNext(2, new Fault.Refused(NOT_REACHABLE));
        var id = queued(jane, text(contacts(1, 4)));
        send();
        reportFailed(id, 131049);

        var children = inParallel(2, () -> async(jane, "/bulk/" + id + "/retry-failed", Map.of()));

        assertThat(children.stream().map(Visit::status).sorted().toList()).containsExactly(202, 409);
        var child = children.stream()
                .filter(one -> one.status() == 202)
                .findFirst()
                .orElseThrow()
                .at("/bulkId");
        assertThat(children.stream().map(Visit::code)).contains("NOTHING_TO_RETRY");
        send();
        var bulk = get(jane, "/bulk/" + child);
        assertThat(counts(bulk)).isEqualTo("2 2 0 0 0 0 0");
        assertThat(bulk.at("/parentId")).isEqualTo(id);
        assertThat(counts(get(jane, "/bulk/" + id)))
                .as("the parent stays as it was")
                .isEqualTo("4 1 3 0 0 0 0");

        clock.advance(Duration.ofMinutes(14));
        jdbc.sql("UPDATE message SET failed_at = failed_at - interval '2 days' WHERE failure_code = '131049'")
                .update();
        assertThat(async(jane, "/bulk/" + id + "/retry-failed", Map.of()).at("/total"))
                .isEqualTo("1");
    }

    @Test
    void a_bulk_pauses_by_itself_after_so_many_failures_in_a_row() {
        var jane = given.coach("Jane");
        leads(jane, 1, 6);
        var id = queued(jane, with(text(contacts(1, 6)), "autoPauseAfterFailures", 2));
        sandbox.failNext(new Fault.Refused(NOT_REACHABLE));
        sendOne();
        sendOne();
        assertThat(get(jane, "/bulk/" + id).at("/status"))
                .as("one failed, one went")
                .isEqualTo("running");
        sandbox.failNext(2, new Fault.Refused(NOT_REACHABLE));
        sendOne();
        sendOne();

        var bulk = get(jane, "/bulk/" + id);
        assertThat(bulk.at("/status")).isEqualTo("paused");
        assertThat(bulk.at("/pausedReason")).isEqualTo("Paused after 2 failures in a row");
        send();
        assertThat(counts(get(jane, "/bulk/" + id))).isEqualTo("6 1 3 0 2 0 0");
    }

    @Test
    void a_server_that_dies_in_the_middle_leaves_one_unconfirmed_and_the_rest_goes_on() {
        var jane = given.coach("Jane");
        leads(jane, 1, 3);
        sandbox.failNext(new Fault.Reset(true));
        var id = queued(jane, text(contacts(1, 3)));

        send();

        assertThat(counts(get(jane, "/bulk/" + id))).isEqualTo("3 2 0 0 0 1 0");
        assertThat(get(jane, "/bulk/" + id).at("/status")).isEqualTo("completed");
        assertThat(get(jane, "/bulk/" + id).at("/creditsReserved")).isEqualTo("1");
    }

    @Test
    void ten_bulks_run_at_once_and_not_one_more() {
        var jane = given.coach("Jane");
        leads(jane, 1, 1);
        for (var bulk = 0; bulk < 10; bulk++) {
            queued(jane, text(contacts(1, 1)));
        }

        var answer = async(jane, "/send-bulk", text(contacts(1, 1)));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("TOO_MANY_BULKS");
        assertThat(purse(jane)).isEqualTo(new Purse(90, 10, 0));
    }

    @Test
    void the_file_of_a_bulk_holds_no_formulas() {
        var jane = given.coach("Jane");
        leads(jane, 1, 1);
        var to = List.of(Map.of("phone", phone(1), "name", "=1+1"), Map.of("phone", "=cmd"));
        var id = queued(jane, text(to));

        var file = Visit.to(jane.http(), org.springframework.http.HttpMethod.GET, "/bulk/" + id + "/export", null);

        assertThat(file.text().lines().toList()).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("\"position\",\"contact\",\"name\"");
            assertThat(lines.get(1))
                    .startsWith("\"0\",\"'+12125560001\",\"'=1+1\"")
                    .contains("\"queued\"");
            assertThat(lines.get(2)).startsWith("\"1\",\"'=cmd\"").contains("INVALID_PHONE");
        });
    }

    /// The next of the bulk, and no other.
    private void sendOne() {
        jdbc.sql("UPDATE outbox SET due_at = now() + interval '1 hour'").update();
        jdbc.sql("UPDATE outbox SET due_at = now() WHERE message_id = (SELECT min(message_id::text)::uuid FROM outbox)")
                .update();
        work.send();
        fold();
    }

    /// WhatsApp says of one that it took that it could not be delivered.
    private void reportFailed(String bulk, int code) throws Exception {
        var wamid = jdbc.sql("SELECT wamid FROM message WHERE lane_id = :bulk::uuid AND wamid IS NOT NULL LIMIT 1")
                .param("bulk", bulk)
                .query(String.class)
                .single();
        var meta = new Meta(port, sandbox.options());
        meta.tell(meta.told(wamid).failed(code));
        work.readWebhooks(sandbox);
    }
}
