package com.funnelseye.messaging.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.accounts.CoachCard;
import com.funnelseye.messaging.contacts.Contact;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;

/// Whatever people are called and whatever they answered, a template stays the one that was written.
class RenderingPropertiesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TemplateSettings SETTINGS = new TemplateSettings("FunnelsEye", "https://funnelseye.com");

    /// A piece of a template: its own words, or a placeholder.
    record Piece(String written, boolean isPlaceholder) {
        String name() {
            return written.substring(2, written.length() - 2);
        }
    }

    @Property(tries = 500)
    void a_value_is_put_in_once_and_as_it_is(@ForAll("pieces") List<Piece> pieces, @ForAll("values") String value) {
        var body = new StringBuilder();
        var expected = new StringBuilder();
        for (var piece : pieces) {
            body.append(piece.written());
            expected.append(piece.isPlaceholder() ? value : piece.written());
        }
        var everything = Values.samples(List.of());
        Parameters.all().forEach(parameter -> everything.with(Map.of(parameter.name(), value)));

        var text = Renderer.filled(body.toString(), everything, Map.of());

        assertThat(text).isEqualTo(expected.toString());
    }

    @Property(tries = 300)
    void a_lead_never_reads_another_leads_data(
            @ForAll("pieces") List<Piece> pieces, @ForAll("values") String hers, @ForAll("values") String his) {
        var body = String.join("", pieces.stream().map(Piece::written).toList());
        var alone = rendered(body, lead("1" + hers));

        rendered(body, lead("2" + his));

        assertThat(rendered(body, lead("1" + hers))).isEqualTo(alone);
        assertThat(alone).doesNotContain("2" + his + "!");
    }

    @Property(tries = 300)
    void names_found_are_the_names_filled(@ForAll("pieces") List<Piece> pieces) {
        var body = String.join("", pieces.stream().map(Piece::written).toList());
        var names = pieces.stream()
                .filter(Piece::isPlaceholder)
                .map(piece -> Placeholders.canonical(piece.name()))
                .distinct()
                .toList();

        assertThat(Placeholders.in(body).stream().map(Placeholders::canonical)).containsExactlyElementsOf(names);
    }

    /// Text that looks like a template, a back reference or a format, and any other.
    @Provide
    Arbitrary<String> values() {
        var traps = Arbitraries.of(
                "{{lead.name}}",
                "{{ coach.email }}",
                "{{",
                "}}",
                "$1",
                "${lead.name}",
                "\\",
                "\\$0",
                "%s",
                "\u0000x",
                "{{{{lead.phone}}}}",
                "😀");
        return Arbitraries.oneOf(
                        traps,
                        Arbitraries.strings().ofMaxLength(20),
                        traps.list().ofSize(3).map(l -> String.join("", l)))
                .filter(value -> !value.isBlank());
    }

    @Provide
    Arbitrary<List<Piece>> pieces() {
        var words = Arbitraries.strings().excludeChars('{', '}').ofMaxLength(12).map(text -> new Piece(text, false));
        var names = Arbitraries.of(Parameters.all().map(Parameter::name).toList());
        var spaces = Arbitraries.of("", " ", "   ");
        var placeholders = Combinators.combine(names, spaces, Arbitraries.of(true, false))
                .as((name, space, shout) -> new Piece(
                        "{{" + space + (shout ? name.toUpperCase(java.util.Locale.ROOT) : name) + space + "}}", true));
        return Arbitraries.oneOf(words, placeholders).list().ofMaxSize(12);
    }

    private static String rendered(String body, Contact lead) {
        var values = Values.of(lead, COACH, Instant.EPOCH, SETTINGS);
        return Renderer.filled(body, values, Map.of());
    }

    private static final CoachCard COACH = new CoachCard(
            UUID.randomUUID(), "Jane Smith", "jane@example.com", ZoneId.of("UTC"), null, null, null, false);

    /// Everything known of the lead ends in an exclamation mark.
    private static Contact lead(String mark) {
        var value = mark + "!";
        var answers = JSON.writeValueAsString(Map.of("goal", value, "medicalConditions", value, "incomeGoal", value));
        return new Contact(
                UUID.randomUUID(),
                COACH.id(),
                COACH.name(),
                "1",
                value,
                value,
                value,
                null,
                null,
                value,
                value,
                value,
                value,
                value,
                answers,
                answers,
                "[]",
                null,
                false,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                0);
    }
}
