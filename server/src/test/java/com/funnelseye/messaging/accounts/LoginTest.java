package com.funnelseye.messaging.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.accounts.Visitor.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class LoginTest extends AccountsTest {

    @Test
    void login_answers_with_tokens_and_the_user() {
        var jane = coach();

        var answer = visitor().login(jane.email().toUpperCase(java.util.Locale.ROOT), PASSWORD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("success").asBoolean()).isTrue();
        var data = answer.data();
        assertThat(data.path("token").asString()).contains(".");
        assertThat(data.path("refreshToken").asString()).hasSize(64);
        assertThat(data.path("expiresIn").asInt()).isEqualTo(900);
        assertThat(data.path("mustChangePassword").asBoolean(true)).isFalse();
        assertThat(data.path("user").toString())
                .isEqualTo("{\"_id\":\"%s\",\"name\":\"Jane\",\"email\":\"%s\",\"role\":\"coach\",\"permissions\":[]}"
                        .formatted(jane.id(), jane.email()));
    }

    @Test
    void an_admin_is_told_her_permissions() {
        var user = visitor()
                .login(admin("whatsapp_management").email(), PASSWORD)
                .data()
                .path("user");

        assertThat(user.path("role").asString()).isEqualTo("admin");
        assertThat(user.path("permissions").toString()).isEqualTo("[\"whatsapp_management\"]");
    }

    @Test
    void an_unknown_address_and_a_wrong_password_get_the_same_answer() {
        var wrong = visitor().login(coach().email(), "not her password");
        var unknown = visitor().login("nobody-" + System.nanoTime() + "@example.test", PASSWORD);

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text()).isEqualTo(unknown.text());
        assertThat(wrong.text())
                .isEqualTo("{\"success\":false,\"message\":\"Invalid email or password\",\"error\":\"Unauthorized\","
                        + "\"code\":\"BAD_CREDENTIALS\"}");
    }

    @Test
    void a_missing_field_is_named() {
        assertThat(visitor()
                        .post("/api/auth/login", Map.of("email", "a@b.test"))
                        .body()
                        .path("fields")
                        .toString())
                .isEqualTo("{\"password\":\"Password is required\"}");
    }

    @Test
    void ten_failures_close_the_door_for_the_rest_of_fifteen_minutes() {
        var jane = coach();
        fail(jane, 10);

        var eleventh = visitor().login(jane.email(), PASSWORD);

        assertThat(eleventh.status()).isEqualTo(429);
        assertThat(Integer.parseInt(String.valueOf(eleventh.headers().getFirst(HttpHeaders.RETRY_AFTER))))
                .isBetween(890, 900);
        clock.advance(Duration.ofMinutes(15));
        assertThat(visitor().login(jane.email(), PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void spaces_and_capitals_make_no_other_account_to_guess_at() {
        var jane = coach();
        fail(jane, 10);

        assertThat(visitor()
                        .login(" " + jane.email().toUpperCase(java.util.Locale.ROOT), PASSWORD)
                        .status())
                .isEqualTo(429);
    }

    @Test
    void good_logins_are_not_counted() {
        var jane = coach();
        fail(jane, 9);

        IntStream.range(0, 5)
                .forEach(_ -> assertThat(visitor().login(jane.email(), PASSWORD).status())
                        .isEqualTo(200));
    }

    @Test
    void guesses_made_all_at_once_are_still_only_ten() {
        var jane = coach();

        var looked = IntStream.range(0, 30)
                .parallel()
                .filter(_ -> visitor().login(jane.email(), "wrong").status() == 401)
                .count();

        assertThat(looked).isEqualTo(10);
    }

    @Test
    void each_refresh_gives_a_new_pair() {
        var first = login(coach());

        var second = refresh(first);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.data().path("refreshToken").asString()).isNotEqualTo(first);
        assertThat(visitor()
                        .with(second.data().path("token").asString())
                        .get("/api/auth/me")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_expired_access_token_does_not_stand_in_the_way_of_a_refresh() {
        var refreshToken = login(coach());

        assertThat(visitor()
                        .with("expired.or.bad")
                        .post("/api/auth/refresh", Map.of("refreshToken", refreshToken))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_lost_answer_can_be_asked_for_again_for_thirty_seconds() {
        var first = login(coach());
        var second = next(first);

        clock.advance(Duration.ofSeconds(29));
        assertThat(next(first)).isEqualTo(second);
        assertThat(refresh(second).status()).isEqualTo(200);
    }

    @Test
    void the_predecessor_comes_too_late_after_thirty_seconds_and_ends_the_login() {
        var first = login(coach());
        var second = next(first);

        clock.advance(Duration.ofSeconds(31));
        assertThat(refresh(first).status()).isEqualTo(401);
        assertThat(refresh(second).status()).isEqualTo(401);
    }

    @Test
    void an_older_token_ends_the_login_at_once() {
        var answer = visitor().login(coach().email(), PASSWORD);
        var first = answer.data().path("refreshToken").asString();
        var third = next(next(first));

        assertThat(refresh(first).status()).isEqualTo(401);
        assertThat(refresh(third).status()).isEqualTo(401);
        assertThat(visitor()
                        .with(answer.data().path("token").asString())
                        .get("/api/auth/me")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_login_is_forgotten_after_thirty_days_without_a_refresh() {
        var token = login(coach());

        clock.advance(Duration.ofDays(30));

        assertThat(refresh(token).status()).isEqualTo(401);
    }

    @Test
    void what_is_no_refresh_token_is_refused_like_any_bad_token() {
        for (var bad : new String[] {"x", "a.b.c", "A".repeat(64), "A".repeat(5000), "\u00e9"}) {
            var answer = refresh(bad);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).contains("Access denied. Invalid token.");
        }
    }

    @Test
    void logging_out_ends_both_tokens_of_this_login_and_no_other() {
        var jane = coach();
        var here = visitor().login(jane.email(), PASSWORD).data();
        var elsewhere = login(jane);
        var me = visitor().with(here.path("token").asString());

        assertThat(me.post("/api/auth/logout", Map.of()).status()).isEqualTo(200);

        assertThat(me.get("/api/auth/me").status()).isEqualTo(401);
        assertThat(refresh(here.path("refreshToken").asString()).status()).isEqualTo(401);
        assertThat(refresh(elsewhere).status()).isEqualTo(200);
    }

    @Test
    void a_new_password_ends_every_other_login() {
        var jane = coach();
        var here = visitor().login(jane.email(), PASSWORD).data();
        var elsewhere = login(jane);
        var me = visitor().with(here.path("token").asString());

        assertThat(me.put("/api/auth/password", change(PASSWORD, "another long password"))
                        .status())
                .isEqualTo(200);

        assertThat(me.get("/api/auth/me").status()).isEqualTo(200);
        assertThat(refresh(elsewhere).status()).isEqualTo(401);
        assertThat(visitor().login(jane.email(), PASSWORD).status()).isEqualTo(401);
        assertThat(visitor().login(jane.email(), "another long password").status())
                .isEqualTo(200);
    }

    @Test
    void a_password_is_read_to_its_end() {
        var jane = coach();
        var long1 = "x".repeat(127) + "1";
        assertThat(as(jane).put("/api/auth/password", change(PASSWORD, long1)).status())
                .isEqualTo(200);

        assertThat(visitor().login(jane.email(), "x".repeat(127) + "2").status())
                .isEqualTo(401);
        assertThat(visitor().login(jane.email(), long1).status()).isEqualTo(200);
    }

    @Test
    void a_bad_new_password_changes_nothing() {
        var jane = coach();
        var me = as(jane);

        assertThat(me.put("/api/auth/password", change(PASSWORD, "too short")).status())
                .isEqualTo(400);
        assertThat(me.put("/api/auth/password", change(PASSWORD, PASSWORD)).status())
                .isEqualTo(400);
        assertThat(me.put("/api/auth/password", change("wrong one", "another long password"))
                        .body()
                        .path("fields")
                        .toString())
                .isEqualTo("{\"currentPassword\":\"The current password is wrong\"}");
        assertThat(visitor().login(jane.email(), PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void a_stolen_token_is_no_way_to_guess_the_password() {
        var me = as(coach());
        IntStream.range(0, 10).forEach(_ -> me.put("/api/auth/password", change("wrong one", "another long password")));

        assertThat(me.put("/api/auth/password", change(PASSWORD, "another long password"))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void passwords_and_refresh_tokens_are_nowhere_in_the_database() {
        var jane = coach();
        var refreshToken = login(jane);

        assertThat(jdbc.sql("SELECT password_hash FROM account WHERE id = :id")
                        .param("id", jane.id())
                        .query(String.class)
                        .single())
                .startsWith("$argon2id$");
        assertThat(jdbc.sql("SELECT s::text FROM session AS s")
                        .query(String.class)
                        .list())
                .noneMatch(row -> row.contains(refreshToken));
    }

    private void fail(Person person, int times) {
        IntStream.range(0, times)
                .forEach(
                        _ -> assertThat(visitor().login(person.email(), "wrong").status())
                                .isEqualTo(401));
    }

    private String login(Person person) {
        return visitor()
                .login(person.email(), PASSWORD)
                .data()
                .path("refreshToken")
                .asString();
    }

    private Answer refresh(String refreshToken) {
        return visitor().post("/api/auth/refresh", Map.of("refreshToken", refreshToken));
    }

    private String next(String refreshToken) {
        return refresh(refreshToken).data().path("refreshToken").asString();
    }

    private static Map<String, String> change(String current, String chosen) {
        return Map.of("currentPassword", current, "newPassword", chosen);
    }
}
