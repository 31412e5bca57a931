package com.funnelseye.messaging.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.Invariants;
import com.funnelseye.messaging.Recount;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.Visit;
import com.funnelseye.messaging.contacts.OptOuts;
import com.funnelseye.messaging.contacts.OptOuts.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class MergeTest extends ServerTest {

    private static final String JOHN = "+12125550123";
    private static final String HIS_OTHER = "+447700900123";

    @Autowired
    Invariants invariants;

    @Autowired
    OptOuts optOuts;

    private Person jane;
    private String kept;
    private String gone;

    @BeforeEach
    void twoContacts() {
        jane = given.coach("Jane");
        kept = make(Map.of(
                "phone", JOHN, "name", "John Doe", "tags", List.of("vip"), "clientQuestions", Map.of("goal", "x")));
        gone = make(Map.of(
                "phone",
                HIS_OTHER,
                "name",
                "Johnny",
                "email",
                "john@example.com",
                "tags",
                List.of("vip", "gym"),
                "clientQuestions",
                Map.of("goal", "y", "age", 28)));
    }

    @AfterEach
    void everythingKeptIsExact() {
        Recount.assertExact(jdbc);
        invariants.assertHold();
    }

    @Test
    void threads_and_fields_become_one_and_the_survivors_win() throws Exception {
        given.customerWrote(JOHN, "from the first");
        given.customerWrote(HIS_OTHER, "from the second");
        reply(kept, "hello");

        var merged = merge(jane, kept, gone);

        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(merged.at("/merged/_id")).isEqualTo(gone);
        var contact = Visit.get(jane, "/contacts/" + kept);
        assertThat(contact.at("/name")).isEqualTo("John Doe");
        assertThat(contact.at("/email")).isEqualTo("john@example.com");
        assertThat(contact.at("/phone")).isEqualTo(JOHN);
        assertThat(contact.at("/clientQuestions/goal")).isEqualTo("x");
        assertThat(contact.at("/clientQuestions/age")).isEqualTo("28");
        assertThat(contact.data().path("tags").toString()).isEqualTo("[\"vip\",\"gym\"]");
        assertThat(contact.at("/messageCount")).isEqualTo("3");
        assertThat(texts(kept)).containsExactly("from the first", "from the second", "hello");
        assertThat(Visit.get(jane, "/contacts/" + gone).status()).isEqualTo(404);
        assertThat(Visit.get(jane, "/contacts").data().at("/pagination/total").asInt())
                .isEqualTo(1);
        assertThat(Visit.get(jane, "/inbox")
                        .data()
                        .at("/conversations/0/unreadCount")
                        .asInt())
                .isEqualTo(2);
        assertThat(Visit.get(jane, "/contacts/" + kept + "/merges").at("/merges/0/merged/phone"))
                .isEqualTo(HIS_OTHER);
    }

    @Test
    void what_comes_from_the_other_number_reaches_the_survivor_and_is_answered_there() throws Exception {
        merge(jane, kept, gone);
        assertThat(reply(kept, "too early").code()).isEqualTo("WINDOW_CLOSED");

        given.customerWrote(HIS_OTHER, "it is me");

        assertThat(texts(kept)).containsExactly("it is me");
        assertThat(reply(kept, "hello").status()).isEqualTo(200);
        assertThat(sandbox.acceptances().getLast().to()).isEqualTo(HIS_OTHER.substring(1));
        given.customerWrote(JOHN, "or here");
        reply(kept, "hello again");
        assertThat(sandbox.acceptances().getLast().to()).isEqualTo(JOHN.substring(1));
        assertThat(Visit.get(jane, "/contacts").data().at("/pagination/total").asInt())
                .isEqualTo(1);
    }

    @Test
    void undoing_restores_what_was_and_gives_each_what_came_since() throws Exception {
        given.customerWrote(JOHN, "first");
        given.customerWrote(HIS_OTHER, "second");
        Visit.put(jane, "/inbox/conversation/" + gone + "/archive", Map.of());
        var before = List.of(Visit.get(jane, "/contacts/" + kept), Visit.get(jane, "/contacts/" + gone));
        var merge = merge(jane, kept, gone).at("/_id");
        Recount.assertExact(jdbc);
        given.customerWrote(HIS_OTHER, "second, since");
        reply(kept, "to the second");
        given.customerWrote(JOHN, "first, since");
        Visit.put(jane, "/contacts/" + kept, Map.of("city", "Rome", "name", "John D."));

        assertThat(undo(kept, merge).status()).isEqualTo(200);

        assertThat(texts(kept)).containsExactly("first", "first, since");
        assertThat(texts(gone)).containsExactly("second", "second, since", "to the second");
        var first = Visit.get(jane, "/contacts/" + kept);
        assertThat(first.at("/name")).isEqualTo("John D.");
        assertThat(first.at("/city")).isEqualTo("Rome");
        assertThat(first.data().path("email").isNull()).isTrue();
        assertThat(first.data().path("tags")).isEqualTo(before.get(0).data().path("tags"));
        assertThat(first.data().path("clientQuestions"))
                .isEqualTo(before.get(0).data().path("clientQuestions"));
        assertThat(Visit.get(jane, "/contacts/" + gone).data().path("email"))
                .isEqualTo(before.get(1).data().path("email"));
        assertThat(undo(kept, merge).status()).isEqualTo(200);
        assertThat(Visit.get(jane, "/contacts/" + kept + "/merges")
                        .data()
                        .path("merges")
                        .size())
                .isZero();
        assertThat(merge(jane, gone, kept).status()).isEqualTo(200);
    }

    @Test
    void undone_at_once_nothing_has_changed() throws Exception {
        given.customerWrote(JOHN, "first");
        given.customerWrote(HIS_OTHER, "second");
        Visit.put(jane, "/inbox/conversation/" + gone + "/archive", Map.of());
        var before = everything();

        undo(kept, merge(jane, kept, gone).at("/_id"));

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void a_merged_contact_may_be_merged_further_and_taken_apart_in_turn() throws Exception {
        var third = make(Map.of("phone", "+919876543210"));
        given.customerWrote(HIS_OTHER, "from the deepest");
        var inner = merge(jane, kept, gone).at("/_id");
        var outer = merge(jane, third, kept).at("/_id");
        given.customerWrote(HIS_OTHER, "still");

        assertThat(texts(third)).containsExactly("from the deepest", "still");
        assertThat(undo(kept, inner).status()).isEqualTo(404);
        undo(third, outer);
        assertThat(texts(kept)).containsExactly("from the deepest", "still");
        assertThat(reply(kept, "found you").status()).isEqualTo(200);
        undo(kept, inner);
        assertThat(texts(gone)).containsExactly("from the deepest", "still", "found you");
        assertThat(texts(third)).isEmpty();
    }

    @Test
    void an_opt_out_under_one_number_holds_for_both_and_stays_with_its_own() {
        optOuts.chose(HIS_OTHER.substring(1), true, Source.KEYWORD, null);
        var merge = merge(jane, kept, gone).at("/_id");

        assertThat(Visit.get(jane, "/contacts/" + kept).at("/optOut")).isEqualTo("true");
        assertThat(Visit.get(jane, "/contacts?optOut=true")
                        .data()
                        .path("contacts")
                        .size())
                .isEqualTo(1);
        undo(kept, merge);
        assertThat(Visit.get(jane, "/contacts/" + kept).at("/optOut")).isEqualTo("false");
        assertThat(Visit.get(jane, "/contacts/" + gone).at("/optOut")).isEqualTo("true");
    }

    @Test
    void nobody_merges_what_is_not_hers_or_not_settled_or_no_other_contact() throws Exception {
        var ravi = given.coach("Ravi");
        var his = given.lead(ravi, "+919876543210").toString();
        var unknown = merge(jane, kept, UUID.randomUUID().toString());

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(merge(jane, kept, his)).isEqualTo(unknown);
        assertThat(merge(jane, his, kept)).isEqualTo(unknown);
        assertThat(merge(jane, kept, "nonsense")).isEqualTo(unknown);
        assertThat(merge(jane, kept, kept).status()).isEqualTo(400);
        assertThat(Visit.post(jane, "/contacts/" + kept + "/merge", Map.of()).status())
                .isEqualTo(400);
        assertThat(merge(given.admin("whatsapp_management"), "/admin", kept, his)
                        .status())
                .isEqualTo(400);

        given.customerWrote(HIS_OTHER, "Hi");
        Visit.post(
                jane,
                "/inbox/send",
                Map.of(
                        "contactId",
                        gone,
                        "message",
                        "Later",
                        "scheduledAt",
                        Instant.now().plusSeconds(3600).toString()));
        var open = merge(jane, kept, gone);
        assertThat(open.status()).isEqualTo(409);
        assertThat(open.code()).isEqualTo("STILL_SENDING");
        assertThat(merge(jane, gone, kept).status()).isEqualTo(200);
    }

    @Test
    void after_seven_days_a_merge_is_final() {
        var merge = merge(jane, kept, gone).at("/_id");
        jdbc.sql("UPDATE contact_merge SET merged_at = merged_at - interval '7 days 1 minute'")
                .update();

        assertThat(undo(kept, merge).code()).isEqualTo("MERGE_FINAL");
        assertThat(undo(gone, merge).status()).isEqualTo(404);
        assertThat(undo(kept, UUID.randomUUID().toString()).code()).isEqualTo("MERGE_NOT_FOUND");
    }

    @Test
    void the_number_that_went_is_known_wherever_it_is_typed() throws Exception {
        merge(jane, kept, gone);

        var added = Visit.post(jane, "/contacts", Map.of("phone", HIS_OTHER));
        assertThat(added.code()).isEqualTo("CONTACT_EXISTS");
        assertThat(added.at("/contactId")).isEqualTo(kept);
        given.customerWrote(HIS_OTHER, "Hi");
        assertThat(Visit.post(jane, "/send", Map.of("to", HIS_OTHER, "message", "Hi", "leadId", kept))
                        .status())
                .isEqualTo(200);
        assertThat(Visit.put(jane, "/contacts/" + kept, Map.of("phone", HIS_OTHER))
                        .at("/phone"))
                .isEqualTo(JOHN);
        Visit.delete(jane, "/contacts/" + kept);
        given.customerWrote(HIS_OTHER, "Hi again");
        assertThat(texts(kept)).containsExactlyInAnyOrder("Hi", "Hi", "Hi again");
    }

    @Test
    void an_admin_merges_too_and_leaves_a_trace_and_moving_a_conversation_makes_merges_final() throws Exception {
        var admin = given.admin("whatsapp_management");
        given.customerWrote(HIS_OTHER, "Hi");
        var merged = merge(admin, "/admin", kept, gone);
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(Visit.get(admin, "/admin/audit?action=contact.merged").data().toString())
                .contains(kept, gone);
        assertThat(Visit.get(admin, "/admin/contacts/" + kept + "/merges")
                        .data()
                        .path("merges")
                        .size())
                .isEqualTo(1);
        var ravi = given.coach("Ravi");

        assertThat(Visit.post(admin, "/admin/inbox/conversation/" + gone + "/assign", Map.of("coachId", ravi.id()))
                        .status())
                .isEqualTo(404);
        assertThat(Visit.post(admin, "/admin/inbox/conversation/" + kept + "/assign", Map.of("coachId", ravi.id()))
                        .status())
                .isEqualTo(200);
        assertThat(Visit.post(admin, "/admin/contacts/" + kept + "/merges/" + merged.at("/_id") + "/undo", Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void merged_both_ways_at_once_one_of_them_wins() throws Exception {
        given.customerWrote(JOHN, "first");
        var start = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> one = () -> {
                start.await();
                return merge(jane, kept, gone).status();
            };
            Callable<Integer> other = () -> {
                start.await();
                return merge(jane, gone, kept).status();
            };
            var answers = List.of(threads.submit(one), threads.submit(other));
            assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsExactlyInAnyOrder(200, 404);
        }
    }

    private String make(Map<String, ?> contact) {
        return Visit.post(jane, "/contacts", contact).at("/_id");
    }

    private static Visit merge(Person who, String contact, String with) {
        return merge(who, "", contact, with);
    }

    private static Visit merge(Person who, String as, String contact, String with) {
        return Visit.post(who, as + "/contacts/" + contact + "/merge", Map.of("mergeWith", with));
    }

    private Visit undo(String contact, String merge) {
        return Visit.post(jane, "/contacts/" + contact + "/merges/" + merge + "/undo", Map.of());
    }

    private Visit reply(String contact, String text) {
        return Visit.post(jane, "/inbox/send", Map.of("contactId", contact, "message", text));
    }

    private List<String> texts(String contact) {
        return Visit.get(jane, "/inbox/conversation/" + contact)
                .data()
                .path("messages")
                .valueStream()
                .map(message -> message.at("/content/text").asString())
                .toList();
    }

    /// All rows that a merge touches, but for the time of the last change.
    private List<Map<String, Object>> everything() {
        return jdbc.sql("""
            SELECT 'contact' AS what, (to_jsonb(contact) - 'updated_at')::text AS it FROM contact
            UNION ALL SELECT 'message', to_jsonb(message)::text FROM message
            UNION ALL SELECT 'conversation', to_jsonb(conversation)::text FROM conversation
            UNION ALL SELECT 'exchange', to_jsonb(contact_exchange)::text FROM contact_exchange
            ORDER BY 1, 2
            """).query().listOfRows();
    }
}
