package com.funnelseye.messaging.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.contract.AccessRow.Audience;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every endpoint against everybody who may not use it, and against ids of other people's things.
class AccessMatrixTest extends ServerTest {

    private static final List<AccessRow> ROWS = AccessRow.all();

    private record Answer(int status, String body) {}

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Autowired
    Things things;

    @Test
    void every_endpoint_has_a_row_and_every_row_an_endpoint() {
        var mapped = mapping.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .flatMap(path ->
                                info.getMethodsCondition().getMethods().stream().map(verb -> verb + " " + path)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ROWS.stream().map(AccessRow::endpoint))
                .as("contract/access.txt")
                .containsExactlyInAnyOrderElementsOf(mapped);
    }

    @Test
    void a_path_with_an_id_of_a_coach_says_what_it_names() {
        assertThat(ROWS)
                .filteredOn(row -> row.audience() == Audience.COACH)
                .allSatisfy(row -> assertThat(row.ids().keySet())
                        .as(row.endpoint())
                        .containsAll(variablesOf(row.url() + row.body())));
    }

    @Test
    void nobody_enters_without_a_good_token() {
        var garbage = anonymous()
                .mutate()
                .defaultHeader("Authorization", "Bearer a.b.c")
                .build();

        for (var row : closed()) {
            assertThat(ask(anonymous(), row, Map.of()).status())
                    .as(row.endpoint())
                    .isEqualTo(401);
            assertThat(ask(garbage, row, Map.of()).status()).as(row.endpoint()).isEqualTo(401);
        }
    }

    @Test
    void nobody_enters_with_an_expired_token() {
        var coach = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        clock.advance(Duration.ofMinutes(16));

        for (var row : closed()) {
            var caller = row.audience() == Audience.ADMIN ? admin : coach;
            assertThat(ask(caller.http(), row, Map.of()).status())
                    .as(row.endpoint())
                    .isEqualTo(401);
        }
    }

    @Test
    void coaches_and_admins_keep_to_their_own_endpoints() {
        var coach = given.coach("Jane");
        var admin = given.admin("whatsapp_management");
        var auditor = given.admin();

        for (var row : closed()) {
            switch (row.audience()) {
                case COACH -> {
                    assertForbidden(admin, row);
                    assertForbidden(auditor, row);
                }
                case ADMIN -> {
                    assertForbidden(coach, row);
                    assertForbidden(auditor, row);
                }
                case OPEN, ANYONE -> {}
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    void another_coachs_id_is_answered_like_one_that_names_nothing(AccessRow row) throws Exception {
        var jane = given.coach("Jane");
        var own = things.of(jane, "+12125550123", row.ids());
        var others = things.of(given.coach("Ravi"), "+12125550177", row.ids());

        for (var id : row.ids().keySet()) {
            var foreign = ask(jane.http(), row, with(own, id, requireNonNull(others.get(id))));
            var unknown = ask(jane.http(), row, with(own, id, UUID.randomUUID()));
            assertThat(foreign).as("%s %s", row.endpoint(), id).isEqualTo(unknown);
            assertThat(foreign.status()).as("%s %s", row.endpoint(), id).isEqualTo(404);
        }
        assertThat(ask(jane.http(), row, own).status()).as("her own").isNotEqualTo(404);
    }

    static Stream<AccessRow> another_coachs_id_is_answered_like_one_that_names_nothing() {
        return ROWS.stream()
                .filter(row -> row.audience() == Audience.COACH && !row.ids().isEmpty());
    }

    private void assertForbidden(Person person, AccessRow row) {
        var answer = ask(person.http(), row, Map.of());
        assertThat(answer.status()).as(row.endpoint()).isEqualTo(403);
        assertThat(answer.body()).contains("\"FORBIDDEN\"");
    }

    private static List<AccessRow> closed() {
        return ROWS.stream().filter(row -> row.audience() != Audience.OPEN).toList();
    }

    private static List<String> variablesOf(String text) {
        return Pattern.compile("\\{(\\w+)}")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.equals("version")) // a number within the template
                .toList();
    }

    private static Map<String, UUID> with(Map<String, UUID> ids, String name, UUID id) {
        var changed = new HashMap<>(ids);
        changed.put(name, id);
        return changed;
    }

    private static Answer ask(RestTestClient client, AccessRow row, Map<String, UUID> ids) {
        var request = client.method(row.method()).uri(row.urlWith(ids).replace(" ", "%20"));
        if (!row.body().isEmpty()) {
            request.contentType(MediaType.APPLICATION_JSON).body(row.bodyWith(ids));
        }
        var result = request.header("Prefer", "respond-async")
                .exchange()
                .expectBody(String.class)
                .returnResult();
        return new Answer(result.getStatus().value(), String.valueOf(result.getResponseBody()));
    }
}
