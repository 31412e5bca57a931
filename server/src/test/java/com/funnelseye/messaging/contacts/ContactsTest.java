package com.funnelseye.messaging.contacts;

import static com.funnelseye.messaging.contacts.Asking.delete;
import static com.funnelseye.messaging.contacts.Asking.get;
import static com.funnelseye.messaging.contacts.Asking.post;
import static com.funnelseye.messaging.contacts.Asking.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ContactsTest extends ServerTest {

    private static final String CONTACTS = "/api/messaging/contacts";
    private static final String ONE = CONTACTS + "/{id}";
    private static final String JOHN = "+12125550123";

    private Person jane;

    @Autowired
    OptOuts optOuts;

    @BeforeEach
    void aCoach() {
        jane = given.coach("Jane");
    }

    @Test
    void a_contact_is_made_with_all_its_fields_and_shown_again() {
        var made = post(jane, CONTACTS, """
            {'name':' John Doe ','email':'john@example.com','phone':'+1 (212) 555-0123','status':'Won','source':'Web Form',
             'leadTemperature':'Hot','country':'US','city':'New York','tags':['vip','vip','gym'],'notes':'calls late',
             'clientQuestions':{'goal':'Weight Loss','seriousness':8},'coachQuestions':{'ready':true},'coachId':'x'}
            """);

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        var shown = get(jane, ONE, made.at("/data/_id"));
        assertThat(shown.data()).isEqualTo(made.data());
        assertThat(shown.at("/data/phone")).isEqualTo(JOHN);
        assertThat(shown.at("/data/name")).isEqualTo("John Doe");
        assertThat(shown.at("/data/leadTemperature")).isEqualTo("Hot");
        assertThat(shown.at("/data/clientQuestions/goal")).isEqualTo("Weight Loss");
        assertThat(shown.data().path("tags").size()).isEqualTo(2);
        assertThat(shown.data().path("optOut").asBoolean()).isFalse();
        assertThat(shown.at("/data/updatedAt")).endsWith("Z");
        assertThat(total(CONTACTS)).isEqualTo(1);
    }

    @Test
    void an_edit_changes_what_it_names_and_null_takes_away() {
        var id = make(
                "{'phone':'+12125550123','name':'John','city':'Rome','tags':['a'],'clientQuestions':{'goal':'x'}}");

        var edited = put(jane, "{'city':null,'tags':null,'status':'Contacted'}", ONE, id);

        assertThat(edited.at("/data/name")).isEqualTo("John");
        assertThat(edited.at("/data/status")).isEqualTo("Contacted");
        assertThat(edited.data().path("city").isNull()).isTrue();
        assertThat(edited.data().path("tags").size()).isZero();
        assertThat(edited.at("/data/clientQuestions/goal")).isEqualTo("x");
    }

    @Test
    void everything_wrong_is_named_at_once_and_nothing_is_stored() {
        var answer = post(jane, CONTACTS, """
            {'name':7,'email':'nobody','phone':'4155552671','status':'','tags':'vip','clientQuestions':[],'notes':'%s',
             'coachQuestions':{'a':{'deep':1}},'optOut':'yes','city':'\\u0000'}
            """.formatted("n".repeat(5_001)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/error")).isEqualTo("Validation failed");
        assertThat(answer.body().path("fields").propertyNames())
                .containsExactlyInAnyOrder(
                        "name",
                        "email",
                        "phone",
                        "status",
                        "tags",
                        "clientQuestions",
                        "coachQuestions",
                        "notes",
                        "optOut",
                        "city");
        assertThat(post(jane, CONTACTS, "{}").body().path("fields").propertyNames())
                .containsExactly("phone");
        assertThat(post(jane, CONTACTS, "[]").status()).isEqualTo(400);
        assertThat(total(CONTACTS)).isZero();
    }

    @Test
    void a_coach_has_each_person_once_however_the_number_is_spelled() {
        var id = make("{'phone':'+5511987654321'}");
        var other = make("{'phone':'+551133334444'}");

        for (var twice : List.of(
                post(jane, CONTACTS, "{'phone':'+551187654321'}"),
                put(jane, "{'phone':'+551187654321'}", ONE, other))) {
            assertThat(twice.status()).isEqualTo(409);
            assertThat(twice.at("/code")).isEqualTo("CONTACT_EXISTS");
            assertThat(twice.at("/data/contactId")).isEqualTo(id);
        }
        assertThat(post(given.coach("Ravi"), CONTACTS, "{'phone':'+5511987654321'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void made_by_two_at_once_it_is_made_once() throws Exception {
        try (var both = Executors.newFixedThreadPool(2)) {
            var answers = both.invokeAll(List.of(
                    () -> post(jane, CONTACTS, "{'phone':'+12125550123'}").status(),
                    () -> post(jane, CONTACTS, "{'phone':'+12125550123'}").status()));
            assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsExactlyInAnyOrder(200, 409);
        }
        assertThat(total(CONTACTS)).isEqualTo(1);
    }

    @Test
    void another_number_makes_it_another_person() throws Exception {
        var id = make("{'phone':'+12125550123'}");

        put(jane, "{'phone':'+525512345678'}", ONE, id);
        given.customerWrote("+5215512345678", "Hi!");

        assertThat(get(jane, ONE, id).data().path("messageCount").asInt()).isEqualTo(1);
        assertThat(get(jane, ONE, id).at("/data/phone")).isEqualTo("+525512345678");
    }

    @Test
    void somebody_elses_contact_is_answered_like_one_that_does_not_exist() {
        var hers = make("{'phone':'+12125550123','name':'John'}");
        var ravi = given.coach("Ravi");

        for (var id : List.of(hers, UUID.randomUUID().toString(), "nonsense")) {
            for (var answer : List.of(get(ravi, ONE, id), put(ravi, "{'name':'X'}", ONE, id), delete(ravi, ONE, id))) {
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.text())
                        .isEqualTo(get(ravi, ONE, UUID.randomUUID()).text())
                        .contains("\"message\":\"Contact not found\",\"error\":\"Contact not found\"");
            }
        }
        assertThat(get(jane, ONE, hers).at("/data/name")).isEqualTo("John");
    }

    @Test
    void deleted_it_is_gone_from_everywhere() throws Exception {
        var id = given.leadWhoWrote(jane, JOHN);

        assertThat(delete(jane, ONE, id).status()).isEqualTo(200);

        assertThat(get(jane, ONE, id).status()).isEqualTo(404);
        assertThat(delete(jane, ONE, id).status()).isEqualTo(404);
        assertThat(total(CONTACTS)).isZero();
        assertThat(total(CONTACTS + "?search=lead")).isZero();
        assertThat(get(jane, CONTACTS + "/search?q=lead").data().path("total").asInt())
                .isZero();
        assertThat(get(jane, "/api/messaging/inbox/conversation/{id}", id).status())
                .isEqualTo(404);
        assertThat(total("/api/messaging/inbox")).isZero();
        assertThat(total("/api/messaging/inbox?unreadOnly=true")).isZero();
    }

    @Test
    void who_writes_after_being_deleted_is_the_same_contact_again() throws Exception {
        var id = given.leadWhoWrote(jane, JOHN);
        delete(jane, ONE, id);

        given.customerWrote(JOHN, "Me again");

        assertThat(get(jane, ONE, id).data().path("messageCount").asInt()).isEqualTo(2);
        assertThat(total(CONTACTS)).isEqualTo(1);
        assertThat(total("/api/messaging/inbox")).isEqualTo(1);
    }

    @Test
    void who_is_written_to_or_added_after_being_deleted_is_the_same_contact_again() throws Exception {
        var id = given.leadWhoWrote(jane, JOHN);
        delete(jane, ONE, id);
        assertThat(post(jane, "/api/messaging/send", "{'to':'+12125550123','message':'Hello','type':'text'}")
                        .status())
                .isEqualTo(200);
        assertThat(get(jane, ONE, id).status()).isEqualTo(200);

        delete(jane, ONE, id);
        assertThat(make("{'phone':'+12125550123','name':'Johnny'}")).isEqualTo(id.toString());
        assertThat(get(jane, ONE, id).at("/data/name")).isEqualTo("Johnny");
        assertThat(total(CONTACTS)).isEqualTo(1);
    }

    @Test
    void an_opt_out_holds_for_the_person_whoever_the_coach() {
        var ravi = given.coach("Ravi");
        var hers = make("{'phone':'+5511987654321'}");
        var his = post(ravi, CONTACTS, "{'phone':'+551187654321'}").at("/data/_id");

        put(jane, "{'optOut':true}", ONE, hers);
        put(jane, "{'optOut':true}", ONE, hers);

        assertThat(get(ravi, ONE, his).data().path("optOut").asBoolean()).isTrue();
        assertThat(optOuts.isOptedOut("5511987654321")).isTrue();
        assertThat(total(CONTACTS + "?optOut=true")).isEqualTo(1);
        assertThat(total(CONTACTS + "?optOut=false")).isZero();
        put(ravi, "{'optOut':false}", ONE, his);
        assertThat(optOuts.isOptedOut("5511987654321")).isFalse();
        assertThat(jdbc.sql("SELECT opted_out FROM opt_out_change ORDER BY id")
                        .query(Boolean.class)
                        .list())
                .containsExactly(true, false);
    }

    @Test
    void nobody_but_the_person_takes_back_what_the_person_said() {
        var id = make("{'phone':'+12125550123'}");
        optOuts.chose("12125550123", true, OptOuts.Source.KEYWORD, null);

        assertThat(put(jane, "{'optOut':false,'name':'X'}", ONE, id).status()).isEqualTo(409);
        assertThat(get(jane, ONE, id).data().path("name").isNull()).isTrue();
        optOuts.chose("12125550123", false, OptOuts.Source.KEYWORD, null);
        assertThat(get(jane, ONE, id).data().path("optOut").asBoolean()).isFalse();
    }

    @Test
    void a_list_is_narrowed_by_each_of_its_filters() {
        make("{'phone':'+12125550123','status':'Won','leadTemperature':'Hot','source':'Ad','tags':['vip']}");
        make("{'phone':'+12125550124','name':'Ann'}");

        for (var filter : List.of("status=Won", "temperature=Hot", "source=Ad", "tag=vip", "search=0123")) {
            assertThat(total(CONTACTS + "?" + filter)).as(filter).isEqualTo(1);
            assertThat(get(jane, CONTACTS + "?" + filter).at("/data/contacts/0/phone"))
                    .isEqualTo(JOHN);
        }
        assertThat(total(CONTACTS + "?search=a&status=")).isEqualTo(2);
        assertThat(total(CONTACTS + "?tag=v")).isZero();
        assertThat(get(jane, CONTACTS + "?optOut=maybe").body().path("fields").propertyNames())
                .containsExactly("optOut");
    }

    private String make(String json) {
        var made = post(jane, CONTACTS, json);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made.at("/data/_id");
    }

    private int total(String path) {
        return get(jane, path).body().at("/data/pagination/total").asInt(-1);
    }
}
