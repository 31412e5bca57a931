package com.funnelseye.messaging.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.accounts.Visitor.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

class AccessTest extends AccountsTest {

    private static final String COACH_PATH = "/api/messaging/no-such-thing";
    private static final String ADMIN_PATH = "/api/messaging/admin/no-such-thing";
    private static final String INVALID = "{\"success\":false,\"message\":\"Access denied. Invalid token.\","
            + "\"error\":\"Unauthorized\",\"code\":\"UNAUTHORIZED\"}";

    @Autowired
    Callers callers;

    @Autowired
    DataSource pool;

    @Test
    void without_a_good_token_every_api_path_says_the_same() {
        for (var path : new String[] {COACH_PATH, ADMIN_PATH, "/api/auth/me", "/api/nothing", "/api/"}) {
            for (var token : new String[] {null, "garbage", "a.b.c", "..", "x".repeat(4000)}) {
                var answer = visitor().with(token).get(path);
                assertThat(answer.status()).as("%s %s", path, token).isEqualTo(401);
                assertThat(answer.text()).isEqualTo(INVALID);
                assertThat(answer.headers().getFirst("WWW-Authenticate")).isEqualTo("Bearer");
            }
        }
    }

    @Test
    void a_token_ends_when_it_says() {
        var me = as(coach());
        clock.advance(Duration.ofMinutes(15));

        assertThat(me.get("/api/auth/me").text()).isEqualTo(INVALID);
    }

    @Test
    void a_token_in_the_query_is_no_token() {
        var token =
                visitor().login(coach().email(), PASSWORD).data().path("token").asString();

        assertThat(visitor().get("/api/auth/me?access_token=" + token).status()).isEqualTo(401);
        assertThat(visitor().get("/api/auth/me?token=" + token).status()).isEqualTo(401);
    }

    @Test
    void a_refresh_token_opens_nothing() {
        var token = visitor()
                .login(coach().email(), PASSWORD)
                .data()
                .path("refreshToken")
                .asString();

        assertThat(visitor().with(token).get("/api/auth/me").status()).isEqualTo(401);
    }

    @Test
    void coaches_and_admins_keep_to_their_own_paths() {
        var jane = as(coach());
        var manager = as(admin("whatsapp_management"));
        var owner = as(admin("super_admin"));
        var auditor = as(admin());

        assertThat(jane.get(COACH_PATH).status()).isEqualTo(404);
        assertForbidden(jane.get(ADMIN_PATH));
        assertThat(manager.get(ADMIN_PATH).status()).isEqualTo(404);
        assertForbidden(manager.get(COACH_PATH));
        assertThat(owner.get(ADMIN_PATH).status()).isEqualTo(404);
        assertForbidden(auditor.get(ADMIN_PATH));
        assertForbidden(auditor.get(COACH_PATH));
        assertThat(auditor.get("/api/auth/me").status()).isEqualTo(200);
    }

    @Test
    void other_spellings_of_an_admin_path_are_no_way_in() {
        var jane = as(coach());

        for (var path : new String[] {
            "/api/messaging/admin", "/api/messaging/admin/", "/api/messaging/admin/coaches/",
            "/api/messaging//admin/coaches", "/api/messaging/./admin/coaches", "/api/messaging/x/../admin/coaches",
            "/api/messaging/admin;x=1/coaches", "/api/messaging/%61dmin/coaches", "/api/messaging/ADMIN/coaches"
        }) {
            var answer = jane.send(HttpMethod.POST, path, Map.of("name", "Eve", "email", "eve@example.test"));
            assertThat(answer.status()).as(path).isIn(400, 403, 404, 405);
        }
        assertThat(jdbc.sql("SELECT count(*) FROM account WHERE email = 'eve@example.test'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void an_unknown_path_is_told_in_our_own_body() {
        assertThat(as(coach()).get(COACH_PATH).text())
                .isEqualTo("{\"success\":false,\"message\":\"Route not found\",\"error\":\"Not"
                        + " found\",\"code\":\"NOT_FOUND\"}");
    }

    @Test
    void the_database_decides_what_a_good_token_may_do() {
        var ada = admin("whatsapp_management");
        var visitor = as(ada);
        assertThat(visitor.get(ADMIN_PATH).status()).isEqualTo(404);

        jdbc.sql("UPDATE account SET permissions = '{}' WHERE id = :id")
                .param("id", ada.id())
                .update();
        callers.forget(ada.id());

        assertForbidden(visitor.get(ADMIN_PATH));
    }

    @Test
    void a_suspended_coach_still_reads() {
        var jane = coach();
        var visitor = as(jane);
        jdbc.sql("UPDATE account SET status = 'SUSPENDED' WHERE id = :id")
                .param("id", jane.id())
                .update();
        callers.forget(jane.id());

        assertThat(visitor.get(COACH_PATH).status()).isEqualTo(404);
        assertThat(visitor.get("/api/auth/me").data().path("status").asString()).isEqualTo("suspended");
    }

    @Test
    void pages_and_health_need_no_token() {
        assertThat(visitor().get("/actuator/health/liveness").status()).isIn(200, 404);
        assertThat(visitor().get("/assets/nothing.js").status()).isEqualTo(404);
        assertThat(visitor().with("garbage").get("/assets/nothing.js").status()).isEqualTo(404);
        assertThat(visitor().get("/api/webhooks/nothing").status()).isIn(403, 404);
        assertThat(visitor().get("/actuator/env").status()).isIn(401, 403);
        assertThat(visitor().post("/anything", Map.of()).status()).isIn(401, 403);
    }

    @Test
    void every_answer_carries_the_headers_that_protect_a_browser() {
        var headers = visitor().get("/api/auth/me").headers();

        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(headers.getFirst("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(headers.getFirst("Cache-Control")).contains("no-store");
        assertThat(headers.get("Set-Cookie")).isNull();
        assertThat(visitor().get("/assets/nothing.js").headers().getFirst("Cache-Control"))
                .isNull();
    }

    @Test
    void trace_is_off() {
        assertThat(visitor().send(HttpMethod.TRACE, "/", null).status()).isIn(400, 405);
    }

    @Test
    void another_site_is_not_let_in() {
        var answer = visitor().send(HttpMethod.OPTIONS, "/api/auth/login", null);

        assertThat(answer.headers().getFirst("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void when_the_database_is_away_nobody_is_let_in() throws SQLException {
        var token =
                visitor().login(coach().email(), PASSWORD).data().path("token").asString();
        var held = new ArrayDeque<Connection>();
        try {
            takeAll(held);
            var answer = visitor().with(token).get("/api/auth/me");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("UNAVAILABLE");
        } finally {
            for (var connection : held) {
                connection.close();
            }
        }
    }

    private void takeAll(Deque<Connection> held) throws SQLException {
        try {
            while (true) {
                held.add(pool.getConnection());
            }
        } catch (SQLTransientConnectionException none) {
            assertThat(held).isNotEmpty();
        }
    }

    @Test
    void a_connection_of_another_kind_learns_who_it_is_and_how_long() {
        var jane = coach();
        var token = visitor().login(jane.email(), PASSWORD).data().path("token").asString();

        var verified = callers.of(token).orElseThrow();

        assertThat(verified.caller()).isEqualTo(new Caller.Coach(jane.id(), "Jane", false));
        assertThat(verified.expiresAt()).isAfter(clock.instant().plusSeconds(800));
        assertThat(callers.of("garbage")).isEmpty();
    }

    private static void assertForbidden(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text())
                .isEqualTo("{\"success\":false,\"message\":\"Access denied. Insufficient permissions.\","
                        + "\"error\":\"Forbidden\",\"code\":\"FORBIDDEN\"}");
    }
}
