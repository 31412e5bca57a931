package com.funnelseye.messaging.contacts;

import static com.funnelseye.messaging.contacts.Asking.csv;
import static com.funnelseye.messaging.contacts.Asking.get;
import static com.funnelseye.messaging.contacts.Asking.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.contacts.Asking.Answer;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;

class ContactFilesTest extends ServerTest {

    private static final String CONTACTS = "/api/messaging/contacts";
    private static final String IMPORT = CONTACTS + "/import";

    private Person jane;

    @BeforeEach
    void aCoach() {
        jane = given.coach("Jane");
    }

    @Test
    void each_row_gets_its_verdict_and_a_bad_one_costs_no_other() {
        post(jane, CONTACTS, "{'phone':'+5511987654321','name':'Old'}");

        var answer = csv(jane, IMPORT, """
            Full Name,Phone Number,E-mail,Tags,clientQuestions.goal,Shoe size
            "Doe, John",+1 212 555 0123,john@mail.test,vip; gym,"Lose
            weight",44
            Bad,12345,nobody,,,
            Twice,+1 (212) 555-0123,,,,
            Old,+551187654321,,,,

            अमित,+919876543210,,,,
            """);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(verdicts(answer))
                .containsExactly(
                        "2 created []",
                        "3 invalid [email, phone]",
                        "4 skipped [phone]",
                        "5 skipped []",
                        "7 created []");
        assertThat(answer.at("/data/columns/Phone Number")).isEqualTo("phone");
        assertThat(answer.body().at("/data/columns/Shoe size").isNull()).isTrue();
        assertThat(answer.data().path("counts").toString())
                .isEqualTo("{\"total\":5,\"created\":2,\"updated\":0,\"skipped\":2,\"invalid\":1}");
        var john = get(jane, CONTACTS + "/{id}", answer.at("/data/rows/0/contactId"));
        assertThat(john.at("/data/name")).isEqualTo("Doe, John");
        assertThat(get(jane, CONTACTS + "?search={name}", "अमित")
                        .data()
                        .path("contacts")
                        .size())
                .isEqualTo(1);
        assertThat(john.at("/data/tags/1")).isEqualTo("gym");
        assertThat(john.at("/data/clientQuestions/goal")).isEqualTo("Lose\nweight");
        assertThat(total()).isEqualTo(3);
    }

    @Test
    void a_dry_run_says_the_same_and_stores_nothing() {
        var file = "\uFEFFname;phone\r\nAnn;+12125550123\r\n;\r\nBob;x\r\n";
        var dry = csv(jane, IMPORT + "?dryRun=true", file);

        assertThat(total()).isZero();
        assertThat(verdicts(dry)).isEqualTo(verdicts(csv(jane, IMPORT, file)));
        assertThat(total()).isEqualTo(1);
    }

    @Test
    void who_is_there_already_is_updated_when_asked_for() {
        post(jane, CONTACTS, "{'phone':'+12125550123','name':'Ann','city':'Rome','clientQuestions':{'age':'30'}}");

        var answer = csv(jane, IMPORT + "?onDuplicate=update", "mobile,name,city\n+12125550123,Anna,\n");

        assertThat(verdicts(answer)).containsExactly("2 updated []");
        var ann = get(jane, CONTACTS + "/{id}", answer.at("/data/rows/0/contactId"));
        assertThat(ann.at("/data/name")).isEqualTo("Anna");
        assertThat(ann.at("/data/city")).isEqualTo("Rome");
        assertThat(ann.at("/data/clientQuestions/age")).isEqualTo("30");
    }

    @Test
    void columns_can_be_named_by_hand() {
        var answer = csv(
                jane,
                IMPORT + "?mapping={mapping}",
                "A,B,phone\nAnn,+12125550123,x\n",
                "{\"A\":\"name\",\"B\":\"phone\",\"phone\":null}");
        assertThat(verdicts(answer)).containsExactly("2 created []");
        for (var wrong : List.of("{\"Z\":\"name\"}", "{\"A\":\"coachId\"}", "nonsense")) {
            var refused = csv(jane, IMPORT + "?mapping={mapping}", "A,phone\n", wrong);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().path("fields").propertyNames()).containsExactly("mapping");
        }
    }

    @Test
    void a_file_that_cannot_be_read_is_refused() {
        assertThat(csv(jane, IMPORT, "name\nAnn\n").at("/message")).contains("phone numbers");
        assertThat(csv(jane, IMPORT, " \n").status()).isEqualTo(400);
        assertThat(csv(jane, IMPORT, new byte[] {'p', (byte) 0xFF, (byte) 0xFE}).at("/message"))
                .contains("UTF-8");
        assertThat(csv(jane, IMPORT, "phone\n" + "+12125550123\n".repeat(10_001))
                        .status())
                .isEqualTo(400);
        assertThat(csv(jane, IMPORT, "phone\n" + "x".repeat(5 * 1024 * 1024)).status())
                .isEqualTo(413);
        assertThat(csv(jane, IMPORT + "?onDuplicate=merge", "phone\n").status()).isEqualTo(400);
    }

    @Test
    void a_form_with_a_file_of_ten_thousand_rows_is_taken() {
        var rows = IntStream.range(0, 10_000)
                .mapToObj(n -> "Lead %d,+1212%07d,%s".formatted(n, n, "n".repeat(200)))
                .collect(Collectors.joining("\n", "name,phone,notes\n", "\n"));
        var form = new LinkedMultiValueMap<String, Object>();
        form.add("file", new ByteArrayResource(rows.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public String getFilename() {
                return "leads.csv";
            }
        });
        form.add("dryRun", "true");

        var answer = Asking.ask(jane, HttpMethod.POST, MediaType.MULTIPART_FORM_DATA, form, IMPORT);

        assertThat(answer.status()).as(answer.text().substring(0, 200)).isEqualTo(200);
        assertThat(answer.body().at("/data/counts/created").asInt()).isEqualTo(10_000);
        assertThat(total()).isZero();
        assertThat(Asking.ask(jane, HttpMethod.POST, MediaType.MULTIPART_FORM_DATA, empty(), IMPORT)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void an_export_is_read_as_text_by_spreadsheets_and_can_be_imported_again() {
        for (var begin : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\uFF1D1", "safe")) {
            post(
                    jane,
                    CONTACTS,
                    "{'phone':'+1212555%04d','name':'%s','notes':'a;=1,\\'=2\\n=3'}"
                            .formatted(begin.codePointAt(0) % 10_000, begin)
                            .replace("\\'", "\\u0022"));
        }
        var answer = get(jane, CONTACTS + "/export?search=1212");

        assertThat(answer.headers().getFirst("Content-Disposition"))
                .matches("attachment; filename=\"contacts-[\\d-]+\\.csv\"");
        assertThat(answer.headers().getContentType()).hasToString("text/csv;charset=UTF-8");
        var rows = rows(answer.text());
        assertThat(rows).hasSize(6);
        for (var row : rows) {
            assertThat(row.getField("phone")).startsWith("'+1212555");
            assertThat(row.getFields()).noneMatch(cell -> cell.matches("(?s)[=+\\-@\t\r\n\uFF1D].*"));
        }
        var ravi = given.coach("Ravi");
        assertThat(csv(ravi, IMPORT, answer.text())
                        .body()
                        .at("/data/counts/created")
                        .asInt())
                .isEqualTo(6);
        assertThat(rows(get(ravi, CONTACTS + "/export").text()).stream().map(row -> row.getField("name")))
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(row -> row.getField("name")).toList());
    }

    @Test
    void an_export_has_every_contact_once_and_no_one_elses() {
        csv(
                jane,
                IMPORT,
                IntStream.range(0, 1_201)
                        .mapToObj("+1212%07d"::formatted)
                        .collect(Collectors.joining("\n", "phone\n", "\n")));
        post(given.coach("Ravi"), CONTACTS, "{'phone':'+12125550123'}");

        var phones = rows(get(jane, CONTACTS + "/export").text()).stream()
                .map(row -> row.getField("phone"))
                .toList();
        assertThat(phones).hasSize(1_201).doesNotHaveDuplicates();
    }

    private static List<NamedCsvRecord> rows(String csv) {
        return CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
    }

    private static LinkedMultiValueMap<String, Object> empty() {
        var form = new LinkedMultiValueMap<String, Object>();
        form.add("dryRun", "true");
        return form;
    }

    private static List<String> verdicts(Answer answer) {
        return answer.data()
                .path("rows")
                .valueStream()
                .map(row -> "%s %s %s"
                        .formatted(
                                row.path("row").asInt(),
                                row.path("status").asString(),
                                row.path("errors")
                                        .valueStream()
                                        .map(error -> error.path("field").asString())
                                        .toList()))
                .toList();
    }

    private int total() {
        return get(jane, CONTACTS).body().at("/data/pagination/total").asInt(-1);
    }
}
