package com.funnelseye.messaging.contacts;

import static com.funnelseye.messaging.contacts.Asking.get;
import static com.funnelseye.messaging.contacts.Asking.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContactSearchTest extends ServerTest {

    private static final String SEARCH = "/api/messaging/contacts/search?q={q}";

    private Person jane;

    /// What is typed → the names found.
    private static final Map<String, List<String>> SEARCHES = Map.ofEntries(
            Map.entry("john", List.of("John O'Brien")),
            Map.entry("JOHN obr", List.of()),
            Map.entry("brien john", List.of("John O'Brien")),
            Map.entry("jo", List.of("John O'Brien", "JOSÉ_100% Garcia")),
            Map.entry("jose garcía", List.of("JOSÉ_100% Garcia")),
            Map.entry("Jose\u0301", List.of("JOSÉ_100% Garcia")),
            Map.entry("अमित", List.of("अमित शर्मा")),
            Map.entry("शर", List.of("अमित शर्मा")),
            Map.entry("शर्मा 98765", List.of("अमित शर्मा")),
            Map.entry("john@mail", List.of("John O'Brien")),
            Map.entry("+1212", List.of("John O'Brien")),
            Map.entry("1212", List.of("John O'Brien")),
            Map.entry("(212) 555-0123", List.of("John O'Brien")),
            Map.entry("+1 212 555", List.of("John O'Brien")),
            Map.entry("001 212 555 0123", List.of("John O'Brien")),
            Map.entry("john 555-01", List.of("John O'Brien")),
            Map.entry("john 5432", List.of()),
            Map.entry("j b", List.of()),
            Map.entry("j o", List.of("John O'Brien")),
            Map.entry("100%", List.of("JOSÉ_100% Garcia")),
            Map.entry("%%", List.of()),
            Map.entry("__", List.of()),
            Map.entry("é_", List.of("JOSÉ_100% Garcia")),
            Map.entry("j%n", List.of()),
            Map.entry("\\\\", List.of()),
            Map.entry("' OR 1=1 --", List.of()));

    @BeforeEach
    void aCoach() {
        jane = given.coach("Jane");
    }

    @Test
    void every_word_must_be_in_name_number_or_address() {
        contact("{'name':'John O`Brien','email':'john@mail.test','phone':'+12125550123'}");
        contact("{'name':'JOSÉ_100% Garcia','email':'jg@mail.test','phone':'+34612345678'}");
        contact("{'name':'अमित शर्मा','phone':'+919876543210'}");
        post(given.coach("Ravi"), "/api/messaging/contacts", "{'name':'John Jones','phone':'+12125550123'}");

        SEARCHES.forEach((typed, names) -> {
            var found = get(jane, SEARCH, typed);
            assertThat(found.data()
                            .path("contacts")
                            .valueStream()
                            .map(one -> one.path("name").asString()))
                    .as(typed)
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(found.data().path("total").asInt()).as(typed).isEqualTo(names.size());
        });
    }

    @Test
    void what_is_too_short_or_too_long_is_refused_by_name() {
        for (var typed : List.of("", " ", "j", " j ", "अ", "x".repeat(201))) {
            var answer = get(jane, SEARCH, typed);
            assertThat(answer.status()).as(typed).isEqualTo(400);
            assertThat(answer.at("/message")).startsWith("q ");
            assertThat(answer.body().path("fields").propertyNames()).containsExactly("q");
        }
        for (var limit : List.of("0", "201", "-1", "many", "99999999999")) {
            assertThat(get(jane, SEARCH + "&limit={limit}", "jo", limit).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_limit_shortens_the_list_and_not_the_total() {
        for (var i = 0; i < 23; i++) {
            contact("{'name':'Zoe %d','phone':'+121255501%02d'}".formatted(i, i));
        }
        assertThat(get(jane, SEARCH, "zo").data().path("contacts").size()).isEqualTo(20);
        assertThat(get(jane, SEARCH + "&limit=2", "zo").data().path("contacts").size())
                .isEqualTo(2);
        assertThat(get(jane, SEARCH + "&limit=2", "zo").data().path("total").asInt())
                .isEqualTo(23);
    }

    private void contact(String json) {
        var made = post(jane, "/api/messaging/contacts", json.replace("O`Brien", "O\\u0027Brien"));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
    }
}
