package com.funnelseye.messaging.bulk;

import static com.funnelseye.messaging.Visit.get;
import static com.funnelseye.messaging.Visit.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Who gets a message, who fails, who is skipped, and what that costs before anything is sent.
class BulkAcceptTest extends BulkScene {

    @Test
    void ten_thousand_are_accepted_and_reserved_at_once() {
        var jane = given.coach("Jane");
        jdbc.sql("INSERT INTO ledger_entry (coach_id, kind, amount) VALUES (:jane, 'TOPUP', 9900)")
                .param("jane", jane.id())
                .update();
        openWindows(0, 10_000);

        var start = System.nanoTime();
        var bulk = queued(jane, text(contacts(0, 10_000)));
        System.out.println("ACCEPTED in ms " + (System.nanoTime() - start) / 1_000_000);

        assertThat(counts(get(jane, "/bulk/" + bulk))).isEqualTo("10000 0 0 0 10000 0 0");
        assertThat(purse(jane)).isEqualTo(new Purse(0, 10_000, 0));
        assertThat(count("outbox WHERE lane_id = '%s'".formatted(bulk))).isEqualTo(10_000);
        assertThat(get(jane, "/contacts").at("/pagination/total")).isEqualTo("10000");
    }

    @Test
    void one_more_than_may_be_is_refused() {
        var jane = given.coach("Jane");

        var answer = async(jane, "/send-bulk", text(contacts(0, 10_001)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("TOO_MANY_CONTACTS");
        assertThat(count("bulk")).isZero();
    }

    @Test
    void invalid_duplicate_and_opted_out_are_skipped_and_never_charged() {
        var jane = given.coach("Jane");
        openWindows(1, 3);
        jdbc.sql("INSERT INTO opt_out (phone_number_id, person, since, source) VALUES (:number, :person, now(),"
                        + " 'MANUAL')")
                .param("number", sandbox.options().phoneNumberId())
                .param("person", phone(3).substring(1))
                .update();
        var to = List.of(
                Map.of("phone", phone(1)),
                Map.of("phone", "12345"),
                Map.of("phone", "+1 (212) 556-0001"),
                Map.of("name", "Nobody"),
                Map.of("phone", "001 212 556 0001"),
                Map.of("phone", phone(3)));

        var answer = async(jane, "/send-bulk", text(to));

        assertThat(counts(answer)).isEqualTo("6 0 0 5 1 0 0");
        assertThat(answer.data().path("skippedContacts").toString())
                .isEqualTo("[{\"contact\":\"12345\",\"code\":\"INVALID_PHONE\"},"
                        + "{\"contact\":\"+12125560001\",\"code\":\"DUPLICATE\"},"
                        + "{\"contact\":null,\"code\":\"INVALID_PHONE\"},"
                        + "{\"contact\":\"+12125560001\",\"code\":\"DUPLICATE\"},"
                        + "{\"contact\":\"+12125560003\",\"code\":\"OPTED_OUT\"}]");
        assertThat(answer.message()).isEqualTo("Bulk messages accepted. 1 queued.");
        assertThat(purse(jane)).isEqualTo(new Purse(99, 1, 0));
    }

    @Test
    void one_person_in_several_spellings_gets_one_message() {
        var jane = given.coach("Jane");
        var to = List.of(
                Map.of("phone", "+5511987654321"),
                Map.of("phone", "+551187654321"),
                Map.of("phone", "+525512345678"),
                Map.of("phone", "+5215512345678"),
                Map.of("phone", "+541123456789"),
                Map.of("phone", "+5491123456789"));

        var answer = post(jane, "/bulk/check", text(to));

        assertThat(answer.at("/skipped")).isEqualTo("3");
        assertThat(answer.at("/recipients/1/code")).isEqualTo("DUPLICATE");
    }

    @Test
    void who_cannot_be_sent_to_fails_and_costs_nothing_in_the_end() {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        var own = leads(jane, 1, 1).getFirst();
        var his = leads(ravi, 2, 1).getFirst();
        var to = new ArrayList<Map<String, ?>>();
        to.add(Map.of("phone", phone(1), "leadId", own));
        to.add(Map.of("phone", phone(2), "leadId", his));
        to.add(Map.of("phone", phone(3), "leadId", UUID.randomUUID()));
        to.add(Map.of("phone", phone(4), "leadId", "nonsense"));
        to.add(Map.of("phone", phone(9), "leadId", own));
        to.add(Map.of("phone", phone(5)));

        var answer = async(jane, "/send-bulk", text(to));

        assertThat(counts(answer)).isEqualTo("6 0 5 0 1 0 0");
        assertThat(answer.data()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("code").asString() + " "
                                + error.path("error").asString())
                        .toList())
                .containsExactly(
                        "CONTACT_NOT_FOUND Contact not found",
                        "CONTACT_NOT_FOUND Contact not found",
                        "CONTACT_NOT_FOUND Contact not found",
                        "LEAD_MISMATCH leadId does not match recipient",
                        "WINDOW_CLOSED More than 24 hours have passed since this contact last wrote."
                                + " Send a template instead.");
        assertThat(purse(jane)).isEqualTo(new Purse(99, 1, 0));
        assertThat(count("contact")).as("nobody is added who gets nothing").isEqualTo(2);
    }

    @Test
    void too_few_credits_for_all_who_are_not_skipped_and_nothing_is_written() {
        var jane = given.coach("Jane");
        openWindows(1, 50);
        var before = fingerprint();

        var answer = async(jane, "/send-bulk", text(contacts(1, 101)));

        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.message()).isEqualTo("Insufficient credits to send messages");
        assertThat(answer.at("/required")).isEqualTo("101");
        assertThat(answer.at("/balance")).isEqualTo("100");
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void two_bulks_at_once_never_spend_the_same_credit() throws Exception {
        var jane = given.coach("Jane");
        openWindows(1, 60);

        var answers = inParallel(4, () -> async(jane, "/send-bulk", text(contacts(1, 60))));

        assertThat(answers.stream().map(answer -> answer.status()).sorted().toList())
                .containsExactly(202, 402, 402, 402);
        assertThat(purse(jane)).isEqualTo(new Purse(40, 60, 0));
    }

    @Test
    void a_check_tells_and_writes_nothing() {
        var jane = given.coach("Jane");
        openWindows(1, 2);
        var before = fingerprint();
        var body = with(
                text(List.of(
                        Map.of("phone", phone(1)),
                        Map.of("phone", phone(2)),
                        Map.of("phone", phone(3)),
                        Map.of("phone", "x"))),
                "delay",
                2000);

        var check = post(jane, "/bulk/check", body);

        assertThat(check.status()).as(check.text()).isEqualTo(200);
        assertThat(check.at("/total") + check.at("/sendable") + check.at("/failed") + check.at("/skipped"))
                .isEqualTo("4211");
        assertThat(check.at("/creditsRequired")).isEqualTo("3");
        assertThat(check.at("/creditsExpected")).isEqualTo("2");
        assertThat(check.at("/remainingCredits")).isEqualTo("100");
        assertThat(check.at("/durationSeconds")).isEqualTo("2");
        assertThat(check.at("/recipients/2/verdict")).isEqualTo("fail");
        assertThat(check.at("/recipients/3/verdict")).isEqualTo("skip");
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void values_come_from_the_contact_then_the_request_then_the_lead_then_the_name_then_the_fallback() {
        var jane = given.coach("Jane");
        leads(jane, 1, 2);
        openWindows(3, 2);
        jdbc.sql("UPDATE contact SET name = NULL WHERE phone = :phone")
                .param("phone", phone(2))
                .update();
        var template = post(
                        jane,
                        "/templates",
                        Map.of(
                                "name",
                                "Note",
                                "content",
                                Map.of("body", "{{lead.name}} {{client.goal}} {{day}}"),
                                "availableVariables",
                                List.of(
                                        Map.of("name", "lead.name", "required", true),
                                        Map.of("name", "day", "fallback", "Monday"))))
                .at("/_id");
        var to = List.of(
                Map.of("phone", phone(1), "name", "Ann", "parameters", Map.of("Client.Goal", "swim")),
                Map.of("phone", phone(2), "name", "Bob", "parameters", Map.of("day", "Friday")),
                Map.of("phone", phone(3), "parameters", Map.of("lead.name", "Cy")),
                Map.of("phone", phone(4)));

        var answer = async(
                jane,
                "/send-bulk",
                Map.of(
                        "contacts",
                        to,
                        "type",
                        "template",
                        "templateId",
                        template,
                        "delay",
                        0,
                        "templateParameters",
                        Map.of("client.goal", "run")));

        assertThat(counts(answer)).isEqualTo("4 0 1 0 3 0 0");
        assertThat(answer.at("/errors/0/code")).isEqualTo("MISSING_VARIABLE");
        assertThat(answer.at("/errors/0/error")).isEqualTo("Missing required template variables: lead.name");
        assertThat(jdbc.sql("SELECT text FROM message ORDER BY recipient_phone")
                        .query(String.class)
                        .list())
                .containsExactly("Lead swim Monday", "Bob run Friday", "Cy run Monday");
    }

    @Test
    void two_numbers_of_one_merged_contact_get_one_message() {
        var jane = given.coach("Jane");
        var both = leads(jane, 1, 2);
        jdbc.sql("UPDATE contact SET merged_into = :one, deleted_at = now() WHERE id = :other")
                .param("one", both.get(0))
                .param("other", both.get(1))
                .update();

        var answer = async(
                jane,
                "/send-bulk",
                text(List.of(
                        Map.of("phone", phone(2)),
                        Map.of("phone", phone(1)),
                        Map.of("phone", phone(2), "leadId", both.get(0)))));

        assertThat(counts(answer)).isEqualTo("3 0 0 2 1 0 0");
        assertThat(count("message WHERE contact_id = '%s'".formatted(both.get(0))))
                .isEqualTo(1);
    }

    @Test
    void the_same_key_makes_one_bulk() {
        var jane = given.coach("Jane");
        leads(jane, 1, 2);
        var http = jane.http().mutate().defaultHeader("Idempotency-Key", "k-1").build();
        var keyed = new com.funnelseye.messaging.Given.Person(jane.id(), http);

        var first = async(keyed, "/send-bulk", text(contacts(1, 2)));
        var again = async(keyed, "/send-bulk", text(contacts(1, 2)));
        var other = async(keyed, "/send-bulk", text(contacts(1, 1)));

        assertThat(again.at("/bulkId")).isEqualTo(first.at("/bulkId")).isNotEmpty();
        assertThat(other.status()).isEqualTo(422);
        assertThat(count("bulk")).isEqualTo(1);
        assertThat(purse(jane)).isEqualTo(new Purse(98, 2, 0));
    }

    @Test
    void an_erased_person_is_gone_from_what_bulks_keep() {
        var jane = given.coach("Jane");
        var lead = leads(jane, 1, 1).getFirst();
        var id = queued(jane, text(List.of(Map.of("phone", phone(1), "name", "Ann", "parameters", Map.of("a", "b")))));
        post(jane, "/bulk/" + id + "/cancel", Map.of());
        sweep();

        assertThat(post(jane, "/contacts/" + lead + "/erase", Map.of()).status())
                .isEqualTo(200);

        assertThat(jdbc.sql("SELECT phone || name || parameters FROM bulk_recipient")
                        .query(String.class)
                        .optional())
                .isEmpty();
        assertThat(counts(get(jane, "/bulk/" + id))).isEqualTo("1 0 0 0 0 0 1");
    }

    @Test
    void what_makes_no_bulk_is_refused_by_name() {
        var jane = given.coach("Jane");
        var good = text(contacts(1, 1));
        for (var wrong : List.of(
                Map.entry("delay", -1),
                Map.entry("delay", 60_001),
                Map.entry("contacts", List.of()),
                Map.entry("message", ""),
                Map.entry("scheduledAt", "yesterday"),
                Map.entry("scheduledAt", "2001-01-01T00:00:00Z"),
                Map.entry("autoPauseAfterFailures", 0),
                Map.entry("name", "x".repeat(201)))) {
            var answer = async(jane, "/send-bulk", with(good, wrong.getKey(), wrong.getValue()));
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.body().path("fields").has(wrong.getKey()))
                    .as(answer.text())
                    .isTrue();
        }
        assertThat(count("bulk")).isZero();
    }

    private String fingerprint() {
        return jdbc.sql("""
            SELECT md5(string_agg(line, ' ' ORDER BY line))
              FROM (SELECT message::text AS line FROM message
                     UNION ALL SELECT outbox::text FROM outbox
                     UNION ALL SELECT contact::text FROM contact
                     UNION ALL SELECT lane::text FROM lane
                     UNION ALL SELECT bulk::text FROM bulk
                     UNION ALL SELECT bulk_recipient::text FROM bulk_recipient
                     UNION ALL SELECT ledger_entry::text FROM ledger_entry
                     UNION ALL SELECT credit_account::text FROM credit_account
                     UNION ALL SELECT conversation::text FROM conversation) AS lines
            """).query(String.class).single();
    }
}
