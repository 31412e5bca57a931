package com.funnelseye.messaging.inbox;

import static com.funnelseye.messaging.inbox.Threads.get;
import static com.funnelseye.messaging.inbox.Threads.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;

class TextSearchTest extends ServerTest {

    private static final String JOHN = "+12125550123";
    private static final String ANN = "+12125550124";

    @Test
    void words_are_found_whatever_their_case_and_accents() throws Exception {
        var jane = given.coach("Jane");
        var john = given.lead(jane, JOHN);
        given.customerWrote(JOHN, "Can we meet at the Café Müller on Friday?");

        found(jane, "CAFE muller")
                .jsonPath("$.data.results.length()")
                .isEqualTo(1)
                .jsonPath("$.data.results[0].contact.id")
                .isEqualTo(john.toString())
                .jsonPath("$.data.results[0].message.content.text")
                .isEqualTo("Can we meet at the Café Müller on Friday?")
                .jsonPath("$.data.results[0].snippet")
                .value(String.class, snippet -> assertThat(snippet).contains("Café Müller"))
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1);
    }

    @Test
    void only_ones_own_threads_are_searched_and_wildcards_are_letters() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        given.lead(jane, JOHN);
        given.lead(ravi, ANN);
        given.customerWrote(JOHN, "A discount of 50% please");
        given.customerWrote(ANN, "A discount of 500 please");
        var admin = given.admin("whatsapp_management");

        total(jane, "discount", 1);
        total(jane, "50%", 1);
        total(ravi, "50%", 0);
        total(ravi, "di", 1);
        total(ravi, "is", 0);
        ok(get(admin, "/admin/inbox/search?q=discount"))
                .jsonPath("$.data.pagination.total")
                .isEqualTo(2);
        ok(get(admin, "/admin/inbox/search?q=discount&coachId=" + ravi.id()))
                .jsonPath("$.data.pagination.total")
                .isEqualTo(1);
    }

    @Test
    void less_than_two_characters_are_refused() {
        var jane = given.coach("Jane");

        for (var query : new String[] {"", "?q=", "?q=x", "?q= x ", "?q=" + "x".repeat(201)}) {
            get(jane, "/inbox/search" + query)
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.fields.q")
                    .isNotEmpty();
        }
    }

    @Test
    void a_snippet_is_the_part_around_the_words() {
        var text = "a".repeat(500) + " the Straße 😀 end " + "b".repeat(500);

        assertThat(Snippet.of(text, "STRA")).startsWith("…").endsWith("…").contains("Straße");
        assertThat(Snippet.of("short", "nowhere")).isEqualTo("short");
        assertThat(Snippet.of("😀".repeat(100), "x")).matches("(😀)+…");
    }

    private static BodyContentSpec found(Person who, String words) {
        return ok(get(who, "/inbox/search?q=" + words));
    }

    private static void total(Person who, String words, int total) {
        found(who, words).jsonPath("$.data.pagination.total").isEqualTo(total);
    }
}
