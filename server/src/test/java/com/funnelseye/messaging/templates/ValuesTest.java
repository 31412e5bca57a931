package com.funnelseye.messaging.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.accounts.CoachCard;
import com.funnelseye.messaging.contacts.Contact;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValuesTest {

    private static final TemplateSettings SETTINGS = new TemplateSettings("FunnelsEye", "https://funnelseye.com");
    private static final Instant NOW = Instant.parse("2024-01-15T22:30:00.123Z");
    private static final CoachCard JANE = new CoachCard(
            UUID.randomUUID(), "Jane", "jane@example.com", ZoneId.of("Asia/Kolkata"), "+1987654321", null, null, false);

    @Test
    void the_specifications_example_reads_as_printed() {
        var text = Renderer.filled(
                "Hello {{lead.name}}! Your goal is {{client.goal}} and you're working with {{coach.fullName}}. Today"
                        + " is {{system.date}}.",
                Values.samples(java.util.List.of()),
                Map.of());

        assertThat(text)
                .isEqualTo("Hello John Doe! Your goal is Weight Loss and you're working with Jane Smith. Today is"
                        + " 2024-01-15.");
    }

    @Test
    void questions_are_read_under_their_own_names() {
        var values =
                Values.of(lead("""
                    {"medicalConditions":"Asthma","biggestObstacle":"Time","seriousnessScale":8,"goal":["A","B"],"age":null}
                    """, "{\"incomeGoal\":\"$50,000\",\"timeline\":\"3-6 months\"}"), JANE, NOW, SETTINGS);

        assertThat(values.of("client.medical")).isEqualTo("Asthma");
        assertThat(values.of("client.obstacle")).isEqualTo("Time");
        assertThat(values.of("client.seriousness")).isEqualTo("8");
        assertThat(values.of("client.goal")).isEqualTo("A, B");
        assertThat(values.of("client.age")).isNull();
        assertThat(values.of("client.timeline")).isNull();
        assertThat(values.of("coach.incomegoal")).isEqualTo("$50,000");
        assertThat(values.of("coach.timeline")).isEqualTo("3-6 months");
    }

    @Test
    void the_sending_coach_speaks_for_herself_and_the_lead_for_what_she_leaves_out() {
        var answers = "{\"fullName\":\"Old Coach\",\"instagram\":\"@old\"}";
        var withCoach = Values.of(lead("{}", answers), JANE, NOW, SETTINGS);
        var without = Values.of(lead("{}", answers), null, NOW, SETTINGS);

        assertThat(withCoach.of("coach.fullname")).isEqualTo("Jane");
        assertThat(withCoach.of("coach.instagram")).isEqualTo("@old");
        assertThat(without.of("coach.fullname")).isEqualTo("Old Coach");
        assertThat(without.of("coach.email")).isNull();
    }

    @Test
    void the_day_is_the_coachs_and_the_instant_everyones() {
        var values = Values.of(lead("{}", "{}"), JANE, NOW, SETTINGS);

        assertThat(values.of("system.date")).isEqualTo("2024-01-16");
        assertThat(values.of("system.time")).isEqualTo("04:00:00");
        assertThat(values.of("system.datetime")).isEqualTo("2024-01-15T22:30:00.123Z");
        assertThat(values.of("system.company")).isEqualTo("FunnelsEye");
    }

    private static Contact lead(String clientQuestions, String coachQuestions) {
        return new Contact(
                UUID.randomUUID(),
                JANE.id(),
                JANE.name(),
                "1",
                "John Doe",
                null,
                "+1234567890",
                null,
                null,
                "New",
                null,
                null,
                null,
                null,
                clientQuestions,
                coachQuestions,
                "[]",
                null,
                false,
                false,
                NOW,
                NOW,
                0);
    }
}
