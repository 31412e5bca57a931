package com.funnelseye.messaging.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.audit.Audit.Subject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;

class AuditTest extends ServerTest {

    private static final String AUDIT = "/api/messaging/admin/audit";

    @Autowired
    Audit audit;

    @Autowired
    TransactionTemplate transaction;

    private Person admin =
            new Person(new UUID(0, 0), RestTestClient.bindToServer().build());

    @BeforeEach
    void an_admin_and_nothing_else() {
        admin = given.admin("whatsapp_management");
        behindTheTriggers("DELETE FROM audit_pending; DELETE FROM audit_entry");
    }

    @Test
    void a_change_to_an_account_is_recorded_with_its_change() {
        var jane = given.coach("Jane");

        admin.http()
                .put()
                .uri("/api/messaging/admin/coaches/" + jane.id())
                .body(Map.of("status", "suspended"))
                .exchange()
                .expectStatus()
                .isOk();

        admin.http()
                .get()
                .uri(AUDIT + "?action=account.suspended&subjectId=" + jane.id())
                .exchange()
                .expectBody()
                .jsonPath("$.data.entries.length()")
                .isEqualTo(1)
                .jsonPath("$.data.entries[0].actorId")
                .isEqualTo(admin.id().toString())
                .jsonPath("$.data.entries[0].actorName")
                .isEqualTo("Admin")
                .jsonPath("$.data.entries[0].before.status")
                .isEqualTo("active")
                .jsonPath("$.data.entries[0].after.status")
                .isEqualTo("suspended")
                .jsonPath("$.data.entries[0].requestId")
                .isNotEmpty()
                .jsonPath("$.data.entries[0].sealed")
                .isEqualTo(false)
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1);
    }

    @Test
    void a_suspension_is_recorded_once_with_its_reason() {
        var jane = given.coach("Jane");
        for (var word : new String[] {"suspend", "suspend", "activate"}) {
            admin.http()
                    .post()
                    .uri("/api/messaging/admin/coaches/" + jane.id() + "/" + word)
                    .body(Map.of("reason", "Asked for it"))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.data.status")
                    .isEqualTo(word.equals("suspend") ? "suspended" : "active");
        }

        assertThat(count("?action=account.suspended")).isEqualTo(1);
        assertThat(count("?action=account.activated")).isEqualTo(1);
        admin.http()
                .get()
                .uri(AUDIT + "?action=account.activated")
                .exchange()
                .expectBody()
                .jsonPath("$.data.entries[0].after.reason")
                .isEqualTo("Asked for it");
        admin.http()
                .post()
                .uri("/api/messaging/admin/coaches/nonsense/suspend")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void entries_come_newest_first_and_the_filters_narrow_them() {
        record("a.done");
        record("b.done");
        record("b.done");

        admin.http()
                .get()
                .uri(AUDIT + "?limit=1")
                .exchange()
                .expectBody()
                .jsonPath("$.data.entries[0].action")
                .isEqualTo("b.done")
                .jsonPath("$.data.pagination.total")
                .isEqualTo(3);
        assertThat(count("?action=b.done")).isEqualTo(2);
        assertThat(count("?actor=" + admin.id())).isEqualTo(3);
        assertThat(count("?actor=nonsense")).isZero();
        assertThat(count("?subjectKind=thing")).isEqualTo(3);
        assertThat(count("?from=2001-01-01&to=2001-01-02")).isZero();
        admin.http()
                .get()
                .uri(AUDIT + "?from=tomorrow")
                .exchange()
                .expectStatus()
                .isBadRequest();
        given.coach("Jane").http().get().uri(AUDIT).exchange().expectStatus().isForbidden();
    }

    @Test
    void sealed_entries_form_a_chain_that_holds() {
        fiveSealed();
        record("late.done");

        var verdict = verify("");
        assertThat(verdict).contains("\"valid\":true", "\"rows\":6", "\"sealedRows\":5", "\"firstProblem\":null");
        assertThat(work.pass("sealerWork")).isEqualTo(1);
        assertThat(verify("")).contains("\"valid\":true", "\"sealedRows\":6");
    }

    @Test
    void an_entry_that_commits_after_a_later_one_was_sealed_is_sealed_too() {
        transaction.executeWithoutResult(_ -> {
            record("slow.done");
            var other = Thread.ofVirtual().start(() -> {
                record("quick.done");
                work.pass("sealerWork");
            });
            join(other);
        });

        assertThat(work.pass("sealerWork")).isEqualTo(1);
        assertThat(verify("")).contains("\"valid\":true", "\"rows\":2", "\"sealedRows\":2");
    }

    @Test
    void an_edited_entry_is_found() {
        fiveSealed();
        behindTheTriggers("UPDATE audit_entry SET action = 'nothing.happened' WHERE id = " + entry(3));

        assertThat(verify("")).contains(problem(3, "edited"));
    }

    @Test
    void a_removed_entry_is_found_even_with_its_seal() {
        fiveSealed();
        behindTheTriggers("DELETE FROM audit_entry WHERE id = " + entry(2));
        assertThat(verify("")).contains(problem(2, "removed"));

        behindTheTriggers("DELETE FROM audit_seal WHERE position = 2");
        assertThat(verify("")).contains(problem(2, "removed"));
    }

    @Test
    void removed_last_entries_are_found_by_the_head() {
        fiveSealed();
        behindTheTriggers(
                "DELETE FROM audit_entry WHERE id >= " + entry(4) + "; DELETE FROM audit_seal WHERE position >= 4");

        assertThat(verify("")).contains(problem(4, "removed"));
    }

    @Test
    void a_head_noted_elsewhere_finds_what_was_sealed_anew() {
        fiveSealed();
        var noted = jdbc.sql("SELECT encode(hash, 'hex') FROM audit_head")
                .query(String.class)
                .single();
        assertThat(verify("?position=5&hash=" + noted)).contains("\"valid\":true");

        behindTheTriggers("DELETE FROM audit_seal; DELETE FROM audit_head; DELETE FROM audit_entry WHERE id = "
                + entry(5) + "; INSERT INTO audit_pending SELECT id FROM audit_entry");
        work.pass("sealerWork");

        assertThat(verify("")).contains("\"valid\":true");
        assertThat(verify("?position=5&hash=" + noted)).contains(problem(5, "removed"));
        record("another.done");
        work.pass("sealerWork");
        assertThat(verify("?position=5&hash=" + noted)).contains(problem(5, "edited"));
    }

    @Test
    void reordered_entries_are_found() {
        fiveSealed();
        behindTheTriggers("""
            UPDATE audit_entry AS entry
               SET (at, actor_id, action, subject_kind, subject_id, before, after, address, request_id) =
                   (SELECT at, actor_id, action, subject_kind, subject_id, before, after, address, request_id
                      FROM audit_entry AS other
                     WHERE other.id = %1$d + %2$d - entry.id)
             WHERE id IN (%1$d, %2$d)
            """.formatted(entry(2), entry(4)));

        assertThat(verify("")).contains(problem(2, "reordered"));
    }

    @Test
    void reordered_seals_are_found() {
        fiveSealed();
        behindTheTriggers(
                "UPDATE audit_seal SET position = 100 WHERE position = 2; UPDATE audit_seal SET position = 2 WHERE"
                        + " position = 3; UPDATE audit_seal SET position = 3 WHERE position = 100");

        assertThat(verify("")).contains(problem(2, "reordered"));
    }

    @Test
    void an_entry_smuggled_in_past_the_chain_is_found() {
        fiveSealed();
        behindTheTriggers("INSERT INTO audit_entry (actor_id, action, subject_kind) VALUES (NULL, 'x.done', 'thing')");

        assertThat(verify("")).contains(problem(6, "added"));
    }

    private void fiveSealed() {
        for (var i = 1; i <= 5; i++) {
            record("thing.changed");
        }
        assertThat(work.pass("sealerWork")).isEqualTo(5);
    }

    private void record(String action) {
        audit.record(
                new Caller.Admin(admin.id(), "Admin"),
                action,
                new Subject("thing", UUID.randomUUID()),
                Map.of("a", 1),
                Map.of("a", 2));
    }

    private long entry(long position) {
        return jdbc.sql("SELECT entry_id FROM audit_seal WHERE position = :position")
                .param("position", position)
                .query(Long.class)
                .single();
    }

    private int count(String query) {
        var text = admin.http()
                .get()
                .uri(AUDIT + query)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return text == null ? -1 : text.split("\"_id\"", -1).length - 1;
    }

    private String verify(String query) {
        var text = admin.http()
                .get()
                .uri(AUDIT + "/verify" + query)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return text == null ? "" : text;
    }

    private static String problem(int position, String kind) {
        return "\"firstProblem\":{\"position\":%d,\"kind\":\"%s\"}".formatted(position, kind);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// As somebody with full power over the database.
    private void behindTheTriggers(String statements) {
        jdbc.sql("DO $do$ BEGIN SET LOCAL session_replication_role = replica; " + statements + "; END $do$")
                .update();
    }
}
