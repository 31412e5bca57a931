package com.funnelseye.messaging.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Given.Person;
import com.funnelseye.messaging.ServerTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient;

class StatsTest extends ServerTest {

    private static final String API = "/api/messaging";
    private static final String JOHN = "+12125550123";

    /// What the triggers should have kept, counted plainly.
    private static final String RECOUNT = """
        SELECT count(*) FILTER (WHERE direction = 'OUTBOUND') || ' '
               || count(*) FILTER (WHERE direction = 'OUTBOUND' AND (outcome = 'ACCEPTED' OR delivered_at IS NOT NULL OR read_at IS NOT NULL)) || ' '
               || count(*) FILTER (WHERE direction = 'OUTBOUND' AND (delivered_at IS NOT NULL OR read_at IS NOT NULL)) || ' '
               || count(*) FILTER (WHERE direction = 'OUTBOUND' AND read_at IS NOT NULL) || ' '
               || count(*) FILTER (WHERE delivered_at IS NULL AND read_at IS NULL
                                     AND (failed_at IS NOT NULL OR outcome = 'FAILED' OR outcome = 'ABANDONED')) || ' '
               || count(*) FILTER (WHERE direction = 'INBOUND')
          FROM message
         WHERE (:coachId::uuid IS NULL OR coach_id = :coachId)
        """;

    @Test
    void a_coach_sees_her_funnel_as_the_specification_samples_it() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        send(jane);
        var delivered = add(jane, contact, "now()");
        update(delivered, "outcome = 'ACCEPTED', wamid = 'w1', read_at = now()");
        var failed = add(jane, contact, "now() - interval '1 hour'");
        update(
                failed,
                "outcome = 'FAILED', failed_at = now(), failure_code = '131026', failure_title = 'Undeliverable'");

        for (var folded : List.of(false, true)) {
            if (folded) {
                assertThat(work.pass("counterWork")).isPositive();
                assertThat(work.pass("counterWork")).isZero();
            }
            get(jane, "/stats")
                    .jsonPath("$.data.totalMessages")
                    .isEqualTo(3)
                    .jsonPath("$.data.sentMessages")
                    .isEqualTo(2)
                    .jsonPath("$.data.deliveredMessages")
                    .isEqualTo(1)
                    .jsonPath("$.data.readMessages")
                    .isEqualTo(1)
                    .jsonPath("$.data.failedMessages")
                    .isEqualTo(1)
                    .jsonPath("$.data.inboundMessages")
                    .isEqualTo(1)
                    .jsonPath("$.data.successRate")
                    .isEqualTo("33.33")
                    .jsonPath("$.data.recentMessages.length()")
                    .isEqualTo(3)
                    .jsonPath("$.data.recentMessages[0]._id")
                    .isEqualTo(delivered.toString())
                    .jsonPath("$.data.recentMessages[0].status")
                    .isEqualTo("read")
                    .jsonPath("$.data.credits.balance")
                    .isEqualTo(99)
                    .jsonPath("$.data.credits.status")
                    .isEqualTo("active")
                    .jsonPath("$.data.credits.totalUsed")
                    .isEqualTo(1);
        }
    }

    @Test
    void nothing_is_a_rate_of_nothing() {
        get(given.coach("Jane"), "/stats")
                .jsonPath("$.data.totalMessages")
                .isEqualTo(0)
                .jsonPath("$.data.successRate")
                .isEqualTo("0.00")
                .jsonPath("$.data.recentMessages.length()")
                .isEqualTo(0);
    }

    @Test
    void counters_equal_a_recount_whatever_happens() {
        var coaches = List.of(given.coach("Jane"), given.coach("Ravi"));
        var contacts = List.of(given.lead(coaches.get(0), JOHN), given.lead(coaches.get(1), JOHN));
        var random = new Random(7);
        var ids = new java.util.ArrayList<UUID>();
        for (var step = 0; step < 250; step++) {
            var which = random.nextInt(2);
            if (ids.size() < 20 || random.nextInt(4) == 0) {
                ids.add(add(
                        coaches.get(which),
                        contacts.get(which),
                        "now() - interval '%d minutes'".formatted(random.nextInt(5000))));
            } else {
                change(random, ids, coaches);
            }
            if (random.nextInt(25) == 0) {
                work.pass("counterWork");
            }
        }
        for (var coach : coaches) {
            assertThat(counted(coach, "/stats")).isEqualTo(recount(coach.id()));
            assertThat(counted(coach, "/stats?from=2020-01-01&to=2100-01-01")).isEqualTo(recount(coach.id()));
        }
        work.pass("counterWork");
        var admin = given.admin("whatsapp_management");
        assertThat(counted(admin, "/admin/stats")).isEqualTo(recount(null));
        for (var coach : coaches) {
            assertThat(counted(coach, "/stats?from=2020-01-01T00:00:00Z")).isEqualTo(recount(coach.id()));
            assertThat(counted(admin, "/admin/stats?coachId=" + coach.id())).isEqualTo(recount(coach.id()));
        }
    }

    private void change(Random random, List<UUID> ids, List<Person> coaches) {
        var some = ids.stream().filter(_ -> random.nextInt(6) == 0).toArray(UUID[]::new);
        var set = switch (random.nextInt(8)) {
            case 0, 1 -> "outcome = 'ACCEPTED', wamid = id::text";
            case 2 -> "delivered_at = now()";
            case 3 -> "read_at = now()";
            case 4 -> "failed_at = now(), failure_code = '%d'".formatted(130_000 + random.nextInt(3));
            case 5 -> "outcome = 'ABANDONED'";
            case 6 -> "is_read = NOT is_read";
            default ->
                "coach_id = '%s'".formatted(coaches.get(random.nextInt(2)).id());
        };
        jdbc.sql("UPDATE message SET " + set + " WHERE id = ANY (:ids)")
                .param("ids", some)
                .update();
    }

    @Test
    void a_period_takes_what_was_accepted_in_it() {
        var jane = given.coach("Jane");
        var contact = given.lead(jane, JOHN);
        for (var at : List.of(
                "2024-03-01T23:59:59Z",
                "2024-03-02T00:00:00Z",
                "2024-03-03T12:00:00Z",
                "2024-03-04T18:29:00Z",
                "2024-03-04T18:31:00Z")) {
            add(jane, contact, "'" + at + "'");
        }
        for (var folded : List.of(false, true)) {
            if (folded) {
                work.pass("counterWork");
            }
            assertTotal(jane, "?from=2024-03-02&to=2024-03-04", 4);
            assertTotal(jane, "?from=2024-03-02&to=2024-03-03", 2);
            assertTotal(jane, "?to=2024-03-01", 1);
            assertTotal(jane, "?from=2024-03-03T12:00:00Z", 3);
            assertTotal(jane, "?from=2024-03-04&to=2024-03-04&tz=Asia/Kolkata", 1);
        }
        assertBad(jane, "/stats?from=soon");
        assertBad(jane, "/stats?from=2024-03-04&to=2024-03-01");
        assertBad(jane, "/stats?tz=Mars/Olympus");
    }

    @Test
    void a_series_has_the_days_of_its_zone_even_half_an_hour_off() {
        var jane = given.coach("Jane");
        var contact = given.lead(jane, JOHN);
        add(jane, contact, "'2024-03-04T18:29:00Z'");
        add(jane, contact, "'2024-03-04T18:31:00Z'");
        work.pass("counterWork");
        add(jane, contact, "'2024-03-05T10:00:00Z'");

        get(jane, "/stats/series?from=2024-03-04&to=2024-03-06&tz=Asia/Kolkata")
                .jsonPath("$.data.bucket")
                .isEqualTo("day")
                .jsonPath("$.data.series.length()")
                .isEqualTo(3)
                .jsonPath("$.data.series[0].start")
                .isEqualTo("2024-03-03T18:30:00.000Z")
                .jsonPath("$.data.series[0].totalMessages")
                .isEqualTo(1)
                .jsonPath("$.data.series[1].totalMessages")
                .isEqualTo(2)
                .jsonPath("$.data.series[2].totalMessages")
                .isEqualTo(0);
        get(jane, "/stats/series?from=2024-03-04&to=2024-03-04&tz=Asia/Kolkata&bucket=hour")
                .jsonPath("$.data.series.length()")
                .isEqualTo(24)
                .jsonPath("$.data.series[23].totalMessages")
                .isEqualTo(1);
        // The clocks go forward: a day of 23 hours.
        get(jane, "/stats/series?from=2024-03-31&to=2024-03-31&tz=Europe/Berlin&bucket=hour")
                .jsonPath("$.data.series.length()")
                .isEqualTo(23);
        get(jane, "/stats/series").jsonPath("$.data.tz").isEqualTo("UTC");
        get(jane, "/stats/series?tz=UTC").jsonPath("$.data.tz").isEqualTo("UTC");
        assertBad(jane, "/stats/series?bucket=week");
        assertBad(jane, "/stats/series?from=2020-01-01&to=2024-01-01");
    }

    @Test
    void admins_see_failures_by_cause() {
        var jane = given.coach("Jane");
        var contact = given.lead(jane, JOHN);
        var why = "outcome = 'FAILED', failed_at = now(), failure_code = '131026', failure_title = 'Undeliverable'";
        update(add(jane, contact, "now()"), why);
        var healed = add(jane, contact, "now()");
        update(healed, why);
        update(
                add(jane, contact, "now()"),
                "outcome = 'FAILED', failed_at = now(), failure_code = 'EXPIRED', failure_title = 'Too late'");
        work.pass("counterWork");
        update(healed, "delivered_at = now()");

        get(given.admin("whatsapp_management"), "/admin/errors")
                .jsonPath("$.data.total")
                .isEqualTo(2)
                .jsonPath("$.data.errors.length()")
                .isEqualTo(2)
                .jsonPath("$.data.errors[0].code")
                .isEqualTo("131026")
                .jsonPath("$.data.errors[0].count")
                .isEqualTo(1)
                .jsonPath("$.data.errors[0].title")
                .isEqualTo("Undeliverable")
                .jsonPath("$.data.errors[0].lastSeenAt")
                .isNotEmpty();
    }

    @Test
    void coaches_are_ranked() throws Exception {
        var jane = given.coach("Jane");
        var ravi = given.coach("Ravi");
        given.leadWhoWrote(jane, JOHN);
        jdbc.sql("UPDATE conversation SET last_message_at = last_message_at - interval '10 minutes'")
                .update();
        jdbc.sql("UPDATE message SET sent_at = sent_at - interval '10 minutes'").update();
        send(jane);
        var lead = given.lead(ravi, "+12125550124");
        for (var i = 0; i < 3; i++) {
            add(ravi, lead, "now()");
        }
        var admin = given.admin("whatsapp_management");

        get(admin, "/admin/coaches")
                .jsonPath("$.data.coaches[0].name")
                .isEqualTo("Ravi")
                .jsonPath("$.data.coaches[0].totalMessages")
                .isEqualTo(3)
                .jsonPath("$.data.coaches[1].credits.balance")
                .isEqualTo(99)
                .jsonPath("$.data.coaches[1].replies")
                .isEqualTo(1)
                .jsonPath("$.data.coaches[1].medianReplySeconds")
                .value(Integer.class, seconds -> assertThat(seconds).isBetween(550, 700))
                .jsonPath("$.data.pagination.total")
                .isEqualTo(2);
        get(admin, "/admin/coaches?sort=replyTime&order=asc")
                .jsonPath("$.data.coaches[0].name")
                .isEqualTo("Jane");
        get(admin, "/admin/coaches?sort=name&order=asc")
                .jsonPath("$.data.coaches[0].name")
                .isEqualTo("Jane");
        get(admin, "/admin/coaches?sort=name")
                .jsonPath("$.data.coaches[0].name")
                .isEqualTo("Ravi");
        get(admin, "/admin/coaches?sort=credits")
                .jsonPath("$.data.coaches[0].name")
                .isEqualTo("Ravi");
        get(admin, "/admin/coaches?search=JAN")
                .jsonPath("$.data.coaches.length()")
                .isEqualTo(1);
        get(admin, "/admin/coaches?status=suspended")
                .jsonPath("$.data.coaches.length()")
                .isEqualTo(0);
        assertBad(admin, "/admin/coaches?sort=luck");
        get(admin, "/admin/stats")
                .jsonPath("$.data.totalMessages")
                .isEqualTo(4)
                .jsonPath("$.data.coachMessages")
                .isEqualTo(4)
                .jsonPath("$.data.adminMessages")
                .isEqualTo(0)
                .jsonPath("$.data.topCoaches[0].name")
                .isEqualTo("Ravi")
                .jsonPath("$.data.credits.balance")
                .isEqualTo(199);
    }

    @Test
    void one_late_reply_does_not_move_the_median() throws Exception {
        var jane = given.coach("Jane");
        var seconds = new int[] {60, 120, 36_000};
        for (var i = 0; i < seconds.length; i++) {
            var phone = "+1212555012" + i;
            var contactId = given.lead(jane, phone);
            given.customerWrote(phone, "Hi", Instant.now().minusSeconds(seconds[i]));
            jane.http()
                    .post()
                    .uri("/api/messaging/inbox/send")
                    .body(Map.of("contactId", contactId, "message", "Hello"))
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
        var admin = given.admin("whatsapp_management");

        for (var folded : List.of(false, true)) {
            if (folded) {
                work.pass("counterWork");
            }
            for (var period : List.of("", "?from=2020-01-01", "?from=2020-01-01&to=2100-01-01")) {
                get(admin, "/admin/coaches" + period)
                        .jsonPath("$.data.coaches[0].replies")
                        .isEqualTo(3)
                        .jsonPath("$.data.coaches[0].medianReplySeconds")
                        .value(Integer.class, median -> assertThat(median).isBetween(109, 131));
            }
        }
    }

    @Test
    void an_admin_reads_a_coachs_messages_and_leaves_a_trace() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);
        send(jane);
        var admin = given.admin("whatsapp_management");

        get(admin, "/admin/coaches/" + jane.id() + "/messages?limit=1")
                .jsonPath("$.data.messages.length()")
                .isEqualTo(1)
                .jsonPath("$.data.messages[0].direction")
                .isEqualTo("outbound")
                .jsonPath("$.data.pagination.total")
                .isEqualTo(2);
        get(admin, "/admin/audit?action=coach.messages_viewed&subjectId=" + jane.id())
                .jsonPath("$.data.entries.length()")
                .isEqualTo(1);
        for (var id :
                List.of(UUID.randomUUID().toString(), "nonsense", admin.id().toString())) {
            admin.http()
                    .get()
                    .uri(API + "/admin/coaches/" + id + "/messages")
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.message")
                    .isEqualTo("Coach not found");
        }
        jane.http()
                .get()
                .uri(API + "/admin/coaches/" + jane.id() + "/messages")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void an_admin_finds_messages_by_what_is_known_of_them() throws Exception {
        var jane = given.coach("Jane");
        var contact = given.leadWhoWrote(jane, JOHN);
        send(jane);
        var failed = add(jane, contact, "now() - interval '2 days'");
        update(failed, "outcome = 'FAILED', failed_at = now(), failure_code = '1', failure_title = 'x'");
        var admin = given.admin("whatsapp_management");

        assertFound(admin, "", 3);
        assertFound(admin, "?status=failed", 1);
        assertFound(admin, "?status=sent", 1);
        assertFound(admin, "?status=queued", 0);
        assertFound(admin, "?status=delivered", 1);
        assertFound(admin, "?direction=inbound", 1);
        assertFound(admin, "?type=text&direction=outbound", 2);
        assertFound(admin, "?type=image", 0);
        assertFound(admin, "?search=1212555", 3);
        assertFound(admin, "?search=nobody", 0);
        assertFound(
                admin,
                "?to=" + java.time.LocalDate.now(java.time.ZoneOffset.UTC).minusDays(1),
                1);
        assertFound(admin, "?coachId=" + given.coach("Ravi").id(), 0);
        assertBad(admin, "/admin/messages?status=lost");
        assertBad(admin, "/admin/messages?page=300&limit=200");
        get(admin, "/admin/messages?limit=1&page=3")
                .jsonPath("$.data.messages[0]._id")
                .isEqualTo(failed.toString());
    }

    private void assertFound(Person admin, String query, int count) {
        get(admin, "/admin/messages" + query)
                .jsonPath("$.data.messages.length()")
                .isEqualTo(count)
                .jsonPath("$.data.pagination.total")
                .isEqualTo(count);
    }

    private void assertTotal(Person coach, String query, int total) {
        get(coach, "/stats" + query).jsonPath("$.data.totalMessages").isEqualTo(total);
    }

    private static void assertBad(Person who, String path) {
        who.http().get().uri(API + path).exchange().expectStatus().isBadRequest();
    }

    private String recount(@org.jspecify.annotations.Nullable UUID coachId) {
        return jdbc.sql(RECOUNT).param("coachId", coachId).query(String.class).single();
    }

    private static String counted(Person who, String path) {
        var names = List.of(
                "totalMessages",
                "sentMessages",
                "deliveredMessages",
                "readMessages",
                "failedMessages",
                "inboundMessages");
        var numbers = new java.util.ArrayList<String>();
        var body = get(who, path);
        names.forEach(name ->
                body.jsonPath("$.data." + name).value(Object.class, number -> numbers.add(String.valueOf(number))));
        return String.join(" ", numbers);
    }

    private UUID add(Person coach, UUID contact, String at) {
        return jdbc.sql("""
            INSERT INTO message (id, contact_id, coach_id, direction, sender_type, sender_id, type, text,
                                 recipient_phone, phone_number_id, sent_at, is_read)
            VALUES (gen_random_uuid(), :contact, :coach, 'OUTBOUND', 'COACH', :coach, 'TEXT', 'Hi', '+1', '1',
            """ + " " + at + ", true) RETURNING id")
                .param("contact", contact)
                .param("coach", coach.id())
                .query(UUID.class)
                .single();
    }

    private void update(UUID id, String set) {
        jdbc.sql("UPDATE message SET " + set + " WHERE id = :id")
                .param("id", id)
                .update();
    }

    private static void send(Person coach) {
        coach.http()
                .post()
                .uri(API + "/send")
                .body(Map.of("to", JOHN, "message", "Hello"))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static RestTestClient.BodyContentSpec get(Person who, String path) {
        return who.http().get().uri(API + path).exchange().expectStatus().isOk().expectBody();
    }
}
