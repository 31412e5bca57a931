package com.funnelseye.messaging.credits;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient;

class CreditTest extends ServerTest {

    private static final String API = "/api/messaging";
    private static final String JOHN = "+12125550123";

    @Test
    void a_coach_sees_her_balance_and_what_a_message_costs() {
        get(given.coach("Jane"), "/credits")
                .jsonPath("$.data.balance")
                .isEqualTo(100)
                .jsonPath("$.data.reserved")
                .isEqualTo(0)
                .jsonPath("$.data.totalUsed")
                .isEqualTo(0)
                .jsonPath("$.data.status")
                .isEqualTo("active")
                .jsonPath("$.data.pricePerMessage")
                .isEqualTo(1)
                .jsonPath("$.data.purchaseUrl")
                .doesNotExist();
    }

    @Test
    void the_ledger_tells_each_step_with_the_balance_it_left() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        send(jane);

        get(jane, "/credits/transactions?limit=2")
                .jsonPath("$.data.transactions[0].kind")
                .isEqualTo("capture")
                .jsonPath("$.data.transactions[0].balanceAfter")
                .isEqualTo(99)
                .jsonPath("$.data.transactions[0].change")
                .isEqualTo(0)
                .jsonPath("$.data.transactions[1].kind")
                .isEqualTo("reserve")
                .jsonPath("$.data.transactions[1].balanceAfter")
                .isEqualTo(99)
                .jsonPath("$.data.transactions[1].messageId")
                .isNotEmpty()
                .jsonPath("$.data.pagination.total")
                .isEqualTo(3);
        get(jane, "/credits/transactions?limit=2&page=2")
                .jsonPath("$.data.transactions.length()")
                .isEqualTo(1)
                .jsonPath("$.data.transactions[0].kind")
                .isEqualTo("topup")
                .jsonPath("$.data.transactions[0].balanceAfter")
                .isEqualTo(100)
                .jsonPath("$.data.transactions[0].reason")
                .isEqualTo("Initial balance");
        get(jane, "/credits/transactions?kind=reserve&from=2020-01-01")
                .jsonPath("$.data.transactions.length()")
                .isEqualTo(1)
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1);
        get(given.coach("Eve"), "/credits/transactions")
                .jsonPath("$.data.transactions.length()")
                .isEqualTo(1);
        jane.http()
                .get()
                .uri(API + "/credits/transactions?kind=gift")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void a_balance_that_is_not_the_fold_of_its_ledger_is_found() {
        var jane = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        get(jane, "/credits/verify").jsonPath("$.data.valid").isEqualTo(true);
        get(admin, "/admin/credits/verify").jsonPath("$.data.valid").isEqualTo(true);

        jdbc.sql("UPDATE credit_account SET available = 7, spent = 1").update();

        get(jane, "/credits/verify")
                .jsonPath("$.data.valid")
                .isEqualTo(false)
                .jsonPath("$.data.available.expected")
                .isEqualTo(100)
                .jsonPath("$.data.available.actual")
                .isEqualTo(7)
                .jsonPath("$.data.reserved.actual")
                .isEqualTo(0);
        get(admin, "/admin/credits/verify")
                .jsonPath("$.data.valid")
                .isEqualTo(false)
                .jsonPath("$.data.problems[0].coachId")
                .isEqualTo(jane.id().toString())
                .jsonPath("$.data.problems[0].spent.actual")
                .isEqualTo(1);
    }

    @Test
    void an_admin_grants_and_takes_back_but_never_below_nothing() {
        var jane = given.coach("Jane");
        var admin = given.admin("whatsapp_management");

        assertThat(change(admin, jane.id(), Map.of("amount", 50, "reason", "Spring offer")))
                .isEqualTo(200);
        assertThat(change(admin, jane.id(), Map.of("amount", -150, "reason", "Mistake")))
                .isEqualTo(200);
        assertThat(change(admin, jane.id(), Map.of("amount", -1, "reason", "Mistake")))
                .isEqualTo(400);

        get(jane, "/credits").jsonPath("$.data.balance").isEqualTo(0);
        get(jane, "/credits/verify").jsonPath("$.data.valid").isEqualTo(true);
        get(jane, "/credits/transactions?kind=correction")
                .jsonPath("$.data.transactions[0].amount")
                .isEqualTo(-150)
                .jsonPath("$.data.transactions[0].change")
                .isEqualTo(-150);
        get(admin, "/admin/audit?action=credits.corrected&subjectId=" + jane.id())
                .jsonPath("$.data.entries.length()")
                .isEqualTo(1)
                .jsonPath("$.data.entries[0].before.balance")
                .isEqualTo(150)
                .jsonPath("$.data.entries[0].after.balance")
                .isEqualTo(0);
        get(admin, "/admin/credits")
                .jsonPath("$.data.coaches[0].coachId")
                .isEqualTo(jane.id().toString())
                .jsonPath("$.data.totals.balance")
                .isEqualTo(0)
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1);
    }

    @Test
    void a_change_of_credits_must_make_sense() {
        var jane = given.coach("Jane");
        var admin = given.admin("whatsapp_management");

        assertThat(change(admin, jane.id(), Map.of("reason", "x"))).isEqualTo(400);
        assertThat(change(admin, jane.id(), Map.of("amount", 0, "reason", "x"))).isEqualTo(400);
        assertThat(change(admin, jane.id(), Map.of("amount", 1.5, "reason", "x")))
                .isEqualTo(400);
        assertThat(change(admin, jane.id(), Map.of("amount", "5", "reason", "x")))
                .isEqualTo(400);
        assertThat(change(admin, jane.id(), Map.of("amount", 1_000_001, "reason", "x")))
                .isEqualTo(400);
        assertThat(change(admin, jane.id(), Map.of("amount", 1e30, "reason", "x")))
                .isEqualTo(400);
        assertThat(change(admin, jane.id(), Map.of("amount", Long.MIN_VALUE, "reason", "x")))
                .isEqualTo(400);
        assertThat(change(admin, jane.id(), Map.of("amount", 5))).isEqualTo(400);
        assertThat(change(admin, jane.id(), Map.of("amount", 5, "reason", " "))).isEqualTo(400);
        assertThat(change(admin, jane.id(), Map.of("amount", 5, "reason", "x".repeat(501))))
                .isEqualTo(400);
        assertThat(change(admin, UUID.randomUUID(), Map.of("amount", 5, "reason", "x")))
                .isEqualTo(404);
        assertThat(change(admin, "nonsense", Map.of("amount", -5, "reason", "x")))
                .isEqualTo(404);
        assertThat(change(admin, admin.id(), Map.of("amount", 5, "reason", "x")))
                .isEqualTo(404);
        assertThat(change(jane, jane.id(), Map.of("amount", 5, "reason", "x"))).isEqualTo(403);
        get(jane, "/credits").jsonPath("$.data.balance").isEqualTo(100);
    }

    @Test
    void the_same_credits_are_not_taken_back_twice() throws Exception {
        var jane = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        Set<Integer> answers = ConcurrentHashMap.newKeySet();
        Runnable takeAll = () -> answers.add(change(admin, jane.id(), Map.of("amount", -100, "reason", "All")));
        var first = Thread.ofVirtual().start(takeAll);
        var second = Thread.ofVirtual().start(takeAll);
        first.join();
        second.join();

        assertThat(answers).containsExactlyInAnyOrder(200, 400);
        get(jane, "/credits").jsonPath("$.data.balance").isEqualTo(0);
    }

    private static void send(Person coach) {
        coach.http()
                .post()
                .uri(API + "/send")
                .body(Map.of("to", JOHN, "message", "Hello"))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static int change(Person who, Object coachId, Map<String, ?> body) {
        return who.http()
                .post()
                .uri(API + "/admin/coaches/" + coachId + "/credits")
                .body(body)
                .exchange()
                .returnResult()
                .getStatus()
                .value();
    }

    private static RestTestClient.BodyContentSpec get(Person who, String path) {
        return who.http().get().uri(API + path).exchange().expectStatus().isOk().expectBody();
    }
}
