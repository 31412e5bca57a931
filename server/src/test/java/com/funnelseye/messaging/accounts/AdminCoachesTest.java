package com.funnelseye.messaging.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.accounts.Visitor.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Import(AdminCoachesTest.Heard.class)
class AdminCoachesTest extends AccountsTest {

    private static final String COACHES = "/api/messaging/admin/coaches";

    @Autowired
    Heard heard;

    private Visitor admin = Visitor.at(0);

    /// What other packages are told, and whether the transaction was still open.
    static class Heard {
        final List<UUID> joined = new CopyOnWriteArrayList<>();
        final List<AccountChanged> changed = new CopyOnWriteArrayList<>();

        @EventListener
        void joined(CoachJoined coach) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            joined.add(coach.coachId());
        }

        @EventListener
        void changed(AccountChanged change) {
            changed.add(change);
        }
    }

    @BeforeEach
    void anAdmin() {
        admin = as(admin("whatsapp_management"));
    }

    @Test
    void a_coach_made_with_a_password_can_log_in_at_once() {
        var email = email();
        var answer = admin.post(
                COACHES,
                Map.of(
                        "name",
                        "Jane Smith",
                        "email",
                        email,
                        "password",
                        PASSWORD,
                        "timeZone",
                        "Europe/Berlin",
                        "whatsapp",
                        "+1987654321",
                        "instagram",
                        "@janesmith",
                        "profession",
                        "Fitness Trainer"));

        assertThat(answer.status()).isEqualTo(200);
        var data = answer.data();
        assertThat(data.path("_id").asString()).hasSize(36);
        assertThat(data.path("role").asString()).isEqualTo("coach");
        assertThat(data.path("status").asString()).isEqualTo("active");
        assertThat(data.path("timeZone").asString()).isEqualTo("Europe/Berlin");
        assertThat(data.path("instagram").asString()).isEqualTo("@janesmith");
        assertThat(data.path("oneTimePassword").isNull()).isTrue();
        assertThat(data.path("createdAt").asString()).matches("\\d{4}-.*\\.\\d{3}Z");
        assertThat(visitor().login(email, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void a_new_coach_is_announced_inside_her_own_transaction() {
        var id = idOf(admin.post(COACHES, Map.of("name", "Jane", "email", email())));

        assertThat(heard.joined).contains(id);
    }

    @Test
    void a_one_time_password_opens_nothing_but_its_own_change() {
        var email = email();
        var oneTime = admin.post(COACHES, Map.of("name", "Jane", "email", email))
                .data()
                .path("oneTimePassword")
                .asString();
        var login = visitor().login(email, oneTime);
        var jane = visitor().with(login.data().path("token").asString());

        assertThat(login.data().path("mustChangePassword").asBoolean()).isTrue();
        assertThat(jane.get("/api/messaging/no-such-thing").code()).isEqualTo("PASSWORD_CHANGE_REQUIRED");
        assertThat(jane.get("/api/auth/me").status()).isEqualTo(200);
        assertThat(jane.put("/api/auth/password", Map.of("currentPassword", oneTime, "newPassword", PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(jane.get("/api/messaging/no-such-thing").status()).isEqualTo(404);
        assertThat(visitor()
                        .login(email, PASSWORD)
                        .data()
                        .path("mustChangePassword")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void an_address_that_is_taken_is_refused_whatever_its_capitals() {
        var email = email();
        admin.post(COACHES, Map.of("name", "Jane", "email", email));

        var again = admin.post(COACHES, Map.of("name", "Jane", "email", email.toUpperCase(java.util.Locale.ROOT)));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("EMAIL_TAKEN");
        var other = idOf(admin.post(COACHES, Map.of("name", "Ravi", "email", email())));
        assertThat(admin.put(COACHES + "/" + other, Map.of("email", email)).status())
                .isEqualTo(409);
    }

    @Test
    void bad_input_names_its_field() {
        assertField("name", Map.of("email", email()));
        assertField("email", Map.of("name", "Jane"));
        assertField("email", Map.of("name", "Jane", "email", "jane"));
        assertField("password", Map.of("name", "Jane", "email", email(), "password", "short"));
        assertField("timeZone", Map.of("name", "Jane", "email", email(), "timeZone", "Mars/Olympus"));
        assertField("instagram", Map.of("name", "Jane", "email", email(), "instagram", "x".repeat(201)));
    }

    @Test
    void role_and_permissions_in_the_body_change_nothing() {
        var answer = admin.post(
                COACHES,
                Map.of(
                        "name",
                        "Eve",
                        "email",
                        email(),
                        "role",
                        "admin",
                        "status",
                        "suspended",
                        "permissions",
                        List.of("super_admin"),
                        "_id",
                        UUID.randomUUID()));

        assertThat(answer.data().path("role").asString()).isEqualTo("coach");
        assertThat(answer.data().path("status").asString()).isEqualTo("active");
        assertThat(answer.data().path("permissions").isEmpty()).isTrue();
    }

    @Test
    void an_edit_changes_what_it_names_and_an_empty_text_takes_it_away() {
        var id = idOf(admin.post(
                COACHES, Map.of("name", "Jane", "email", email(), "instagram", "@jane", "profession", "Trainer")));

        var data = admin.put(COACHES + "/" + id, Map.of("name", "Jane S.", "instagram", "", "timeZone", "Asia/Kolkata"))
                .data();

        assertThat(data.path("name").asString()).isEqualTo("Jane S.");
        assertThat(data.path("instagram").isNull()).isTrue();
        assertThat(data.path("profession").asString()).isEqualTo("Trainer");
        assertThat(data.path("timeZone").asString()).isEqualTo("Asia/Kolkata");
        assertThat(heard.changed)
                .anyMatch(change ->
                        change.account().equals(id) && change.fields().equals(Set.of("name", "instagram", "timeZone")));
        assertThat(accounts.coach(id).orElseThrow().instagram()).isNull();
    }

    @Test
    void a_suspension_holds_with_the_next_request() {
        var jane = coach();
        var visitor = as(jane);
        assertThat(visitor.get("/api/auth/me").data().path("status").asString()).isEqualTo("active");

        admin.put(COACHES + "/" + jane.id(), Map.of("status", "suspended"));

        assertThat(visitor.get("/api/auth/me").data().path("status").asString()).isEqualTo("suspended");
        assertThat(heard.changed).contains(changeOf(jane, AccountChanged.Change.SUSPENDED));
        admin.put(COACHES + "/" + jane.id(), Map.of("status", "active"));
        assertThat(visitor.get("/api/auth/me").data().path("status").asString()).isEqualTo("active");
    }

    @Test
    void a_new_one_time_password_throws_everyone_out() {
        var jane = coach();
        var visitor = as(jane);

        var oneTime = admin.post(COACHES + "/" + jane.id() + "/password", Map.of())
                .data()
                .path("oneTimePassword")
                .asString();

        assertThat(visitor.get("/api/auth/me").status()).isEqualTo(401);
        assertThat(visitor().login(jane.email(), PASSWORD).status()).isEqualTo(401);
        assertThat(visitor()
                        .login(jane.email(), oneTime)
                        .data()
                        .path("mustChangePassword")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void whoever_is_no_coach_is_not_found() {
        var ada = admin("super_admin");
        for (var id : new Object[] {UUID.randomUUID(), "nonsense", ada.id()}) {
            var answer = admin.put(COACHES + "/" + id, Map.of("name", "X"));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).contains("\"message\":\"Coach not found\",\"error\":\"Coach not found\"");
            assertThat(admin.post(COACHES + "/" + id + "/password", Map.of()).text())
                    .isEqualTo(answer.text());
        }
    }

    @Test
    void asking_twice_for_a_demo_account_makes_one() {
        var email = email();
        var first = accounts.ensureCoach("Jane", email, "demo-password", Profile.EMPTY);

        assertThat(accounts.ensureCoach("Someone", email, "other-password", Profile.EMPTY))
                .isEqualTo(first);
        assertThat(accounts.coach(first).orElseThrow().name()).isEqualTo("Jane");
        assertThat(visitor().login(email, "demo-password").status()).isEqualTo(200);
    }

    private void assertField(String field, Map<String, String> body) {
        var answer = admin.post(COACHES, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("fields").has(field))
                .as("%s", answer.text())
                .isTrue();
    }

    private AccountChanged changeOf(Person person, AccountChanged.Change change) {
        return heard.changed.stream()
                .filter(heard -> heard.account().equals(person.id()) && heard.change() == change)
                .findFirst()
                .orElseThrow();
    }

    private static UUID idOf(Answer answer) {
        return UUID.fromString(answer.data().path("_id").asString());
    }

    private static String email() {
        return "c-" + UUID.randomUUID() + "@example.test";
    }
}
