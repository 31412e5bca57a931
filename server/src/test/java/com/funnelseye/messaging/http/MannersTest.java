package com.funnelseye.messaging.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/// Paths, methods, queries, ids and headers: whatever is asked, the answer has the documented shape.
class MannersTest extends Manners {

    @Test
    void a_path_that_leads_nowhere_is_404() {
        for (var path : List.of("/api/messaging/nothing", "/api/nothing", "/api/messaging/inbox/conversation/a/b/c")) {
            assertThat(get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void another_method_is_405_and_names_the_right_ones() {
        for (var request : List.of("GET /send", "DELETE /send", "PATCH /inbox", "POST /inbox")) {
            var words = request.split(" ", 2);
            var answer = ask(jane.http().method(HttpMethod.valueOf(words[0])).uri(API + words[1]));
            assertThat(answer.status()).as(request).isEqualTo(405);
            assertThat(answer.headers().getAllow()).isNotEmpty();
        }
    }

    @Test
    void a_page_out_of_range_is_400_and_names_its_parameter() {
        for (var query : List.of(
                "page=0",
                "page=-1",
                "page=abc",
                "page=1.5",
                "page=1e3",
                "page=0x10",
                "page=%D9%A1",
                "page=1000000000000",
                "page=99999999999999999999",
                "limit=0",
                "limit=201",
                "limit=-5",
                "limit=ten",
                "limit=1000000000000")) {
            for (var path : List.of("/contacts", "/inbox")) {
                var answer = get(API + path + "?" + query);
                assertThat(answer.status()).as(path + "?" + query).isEqualTo(400);
                var name = query.substring(0, query.indexOf('='));
                assertThat(answer.body().path("fields").path(name).asString("")).isNotBlank();
            }
        }
    }

    @Test
    void a_page_beyond_the_last_is_empty() {
        for (var path : List.of("/contacts", "/inbox")) {
            var answer = get(API + path + "?page=1000000&limit=200");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.data().path("pagination").path("current").asInt()).isEqualTo(1_000_000);
        }
    }

    @Test
    void a_query_with_what_cannot_be_stored_is_400() {
        for (var query : List.of("search=a%00b", "search=%ED%A0%BDa")) {
            assertThat(get(API + "/contacts?" + query).status()).as(query).isIn(200, 400);
        }
        assertThat(get(API + "/contacts?search=a%00b").status()).isEqualTo(400);
        assertThat(get(API + "/inbox?unreadOnly=perhaps").status()).isEqualTo(400);
    }

    @Test
    void an_unknown_id_and_another_coachs_are_the_same_404_to_the_byte() throws Exception {
        var ravi = given.coach("Ravi");
        var hers = given.leadWhoWrote(jane, JOHN);
        var message = jdbc.sql("SELECT id FROM message").query(UUID.class).single();
        var before = jdbc.sql("SELECT md5(string_agg(message::text, '' ORDER BY id)) FROM message")
                .query(String.class)
                .single();
        for (var unknown : List.of(UUID.randomUUID().toString(), "7", "not-an-id", "%27--", "x".repeat(500))) {
            for (var path : List.of("GET /inbox/conversation/%s", "PUT /inbox/conversation/%s/read")) {
                assertThat(asked(ravi, path, hers.toString())).as(path).isEqualTo(asked(ravi, path, unknown));
            }
            assertThat(asked(ravi, "PUT /inbox/messages/%s/read", message.toString()))
                    .isEqualTo(asked(ravi, "PUT /inbox/messages/%s/read", unknown));
        }
        var reply = "{\"contactId\":\"%s\",\"message\":\"Hi\"}";
        assertThat(replied(ravi, reply.formatted(hers)))
                .isEqualTo(replied(ravi, reply.formatted(UUID.randomUUID())))
                .startsWith("404 {\"success\":false,\"message\":\"Contact not found\",\"error\":\"Contact not found\"");
        assertThat(jdbc.sql("SELECT md5(string_agg(message::text, '' ORDER BY id)) FROM message")
                        .query(String.class)
                        .single())
                .isEqualTo(before);
    }

    @Test
    void a_harmless_request_id_is_kept_and_any_other_replaced() {
        assertThat(withRequestId("abc-123.X_y").headers().getFirst("X-Request-Id"))
                .isEqualTo("abc-123.X_y");
        for (var odd : List.of("a b", "<script>", "x".repeat(65), "${jndi:ldap://x}")) {
            assertThat(withRequestId(odd).headers().getFirst("X-Request-Id")).isNotEqualTo(odd);
        }
    }

    @Test
    void without_a_token_every_door_of_the_api_says_the_same() {
        for (var path : List.of("/contacts", "/inbox", "/nothing", "/inbox/conversation/1")) {
            var answer = ask(anonymous().get().uri(API + path));
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.body().path("message").asString()).isEqualTo("Access denied. Invalid token.");
            assertThat(answer.body().path("error").asString()).isEqualTo("Unauthorized");
        }
    }

    private String asked(Person who, String request, String id) {
        var method = HttpMethod.valueOf(request.substring(0, 3));
        var uri = URI.create(
                "http://localhost:" + port + API + request.substring(4).formatted(id));
        var answer = ask(who.http().method(method).uri(uri));
        assertThat(answer.status()).as(request).isEqualTo(404);
        return answer.text();
    }

    private String replied(Person who, String body) {
        var answer = ask(who.http()
                .post()
                .uri(API + "/inbox/send")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body));
        return answer.status() + " " + answer.text();
    }

    private Answer withRequestId(String id) {
        return ask(jane.http().get().uri(API + "/inbox").header("X-Request-Id", id));
    }
}
