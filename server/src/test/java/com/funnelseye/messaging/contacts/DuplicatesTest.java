package com.funnelseye.messaging.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.Visit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DuplicatesTest extends ServerTest {

    private Person jane;

    @BeforeEach
    void aCoach() {
        jane = given.coach("Jane");
    }

    @Test
    void contacts_with_something_in_common_are_grouped_and_the_strongest_reason_comes_first() {
        make("+12125550101", "José  Díaz", "jose@example.com");
        make("+12125550102", "jose diaz", null);
        make("+12125550103", "Anna", "A@Example.com");
        make("+12125550104", "Anna", "a@example.COM");
        make("+919876543210", "Ravi", null);
        make("+19876543210", null, null);

        var groups = groups("/contacts/duplicates");

        assertThat(groups).extracting(Group::reason).containsExactly("email", "phone", "name");
        assertThat(groups).extracting(group -> group.phones().size()).containsOnly(2);
        assertThat(groups.get(1).phones()).containsExactly("+919876543210", "+19876543210");
    }

    @Test
    void contacts_alike_in_several_ways_are_one_group() {
        make("+447700900123", "John Doe", "john@example.com");
        make("+17700900123", "JOHN DOE", "John@example.com");

        var answer = Visit.get(jane, "/contacts/duplicates");

        assertThat(answer.data().path("groups").size()).isEqualTo(1);
        assertThat(answer.data().at("/groups/0/reasons").toString()).isEqualTo("[\"email\",\"phone\",\"name\"]");
        assertThat(answer.at("/groups/0/total")).isEqualTo("2");
        assertThat(answer.at("/pagination/total")).isEqualTo("1");
    }

    @Test
    void another_coachs_deleted_and_merged_contacts_are_no_duplicates() {
        var ravi = given.coach("Ravi");
        Visit.post(ravi, "/contacts", Map.of("phone", "+12125550101", "email", "a@example.com"));
        var kept = make("+12125550101", null, "a@example.com");
        assertThat(groups("/contacts/duplicates")).isEmpty();

        var deleted = make("+12125550102", null, "a@example.com");
        assertThat(groups("/contacts/duplicates")).hasSize(1);
        Visit.delete(jane, "/contacts/" + deleted);
        var merged = make("+12125550103", null, "a@example.com");
        Visit.post(jane, "/contacts/" + kept + "/merge", Map.of("mergeWith", merged));

        assertThat(groups("/contacts/duplicates")).isEmpty();
    }

    @Test
    void groups_come_in_pages_and_show_a_bounded_number_of_contacts() {
        jdbc.sql("""
            INSERT INTO contact (id, coach_id, person, phone, email, created_at, updated_at)
            SELECT gen_random_uuid(), :coachId, n::text, '+1212555' || n, (n % 3) || '@example.com', now(), now()
              FROM generate_series(1000, 1089) AS n
            """).param("coachId", jane.id()).update();

        var page = Visit.get(jane, "/contacts/duplicates?limit=2&page=2");

        assertThat(page.data().path("groups").size()).isEqualTo(1);
        assertThat(page.data().at("/pagination/total").asInt()).isEqualTo(3);
        assertThat(page.data().at("/groups/0/total").asInt()).isEqualTo(30);
        assertThat(page.data().at("/groups/0/contacts").size()).isEqualTo(Duplicates.MAX_SHOWN);
        assertThat(Visit.get(jane, "/contacts/duplicates?page=9")
                        .data()
                        .path("groups")
                        .size())
                .isZero();
    }

    @Test
    void an_admin_looks_at_one_coach_at_a_time() {
        make("+12125550101", null, "a@example.com");
        make("+12125550102", null, "a@example.com");
        var admin = given.admin("whatsapp_management");

        var groups = Visit.get(admin, "/admin/contacts/duplicates?coachId=" + jane.id());

        assertThat(groups.at("/groups/0/contacts/0/coachId"))
                .isEqualTo(jane.id().toString());
        assertThat(Visit.get(admin, "/admin/contacts/duplicates").status()).isEqualTo(400);
        assertThat(Visit.get(admin, "/admin/contacts/duplicates?coachId=" + UUID.randomUUID())
                        .data()
                        .path("groups")
                        .size())
                .isZero();
    }

    private record Group(String reason, List<String> phones) {}

    private List<Group> groups(String path) {
        return Visit.get(jane, path)
                .data()
                .path("groups")
                .valueStream()
                .map(group -> new Group(
                        group.path("reason").asString(),
                        group.path("contacts")
                                .valueStream()
                                .map(contact -> contact.path("phone").asString())
                                .toList()))
                .toList();
    }

    private String make(String phone, @Nullable String name, @Nullable String email) {
        var contact = new HashMap<String, @Nullable String>();
        contact.put("phone", phone);
        contact.put("name", name);
        contact.put("email", email);
        return Visit.post(jane, "/contacts", contact).at("/_id");
    }
}
