package com.funnelseye.messaging.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTest {

    @ParameterizedTest
    @CsvSource({
        "+1 (650) 253-0000, +16502530000",
        "0044 20 7946 0958, +442079460958",
        "+44 (0) 20 7946 0958, +442079460958",
        "+44 020 7946 0958, +442079460958",
        "+1234567890, +1234567890",
        "' +91 98765-43210 ', +919876543210",
        "+54 11 15 2345 6789, +5491123456789",
        "+1234567, +1234567",
        "+123456789012345, +123456789012345"
    })
    void what_people_type_is_stored_as_one_number(String typed, String e164) {
        assertThat(Phone.read(typed, null)).contains(new Phone(e164));
    }

    @Test
    void invisible_marks_and_typographic_dashes_are_no_part_of_a_number() {
        assertThat(Phone.read("\u202A+1\u00A0650\u2011253\u20130000\u202C", null))
                .contains(new Phone("+16502530000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4155552671",
                "+0123456789",
                "+1234567890123456",
                "+123456",
                "+1 650 CALL NOW",
                "",
                " ",
                "+",
                "++16502530000"
            })
    void what_is_no_international_number_is_refused(String typed) {
        assertThat(Phone.read(typed, null)).isEmpty();
    }

    @Test
    void a_national_number_needs_a_region() {
        assertThat(Phone.read("(415) 555-2671", "US")).contains(new Phone("+14155552671"));
    }

    @ParameterizedTest
    @CsvSource({
        "+5511987654321, 551187654321",
        "+551187654321, 5511987654321",
        "+525512345678, 5215512345678",
        "+5215512345678, 525512345678",
        "+541123456789, 5491123456789",
        "+5491123456789, 541123456789",
        "+54 11 15 2345 6789, 5491123456789",
        "+1234567890, 1234567890"
    })
    void spellings_of_one_number_are_one_person(String typed, String waId) {
        assertThat(person(typed)).isEqualTo(written(waId));
    }

    @Test
    void a_landline_in_brazil_never_gets_a_ninth_digit() {
        var random = new Random(1);
        for (var i = 0; i < 500; i++) {
            var landline =
                    "55%d%d%07d".formatted(random.nextInt(11, 100), random.nextInt(2, 6), random.nextInt(10_000_000));
            assertThat(written(landline)).as(landline).isEqualTo(new Person(landline));
        }
        assertThat(person("+551133334444")).isEqualTo(new Person("551133334444"));
    }

    @Test
    void the_three_countries_spellings_meet_in_both_directions() {
        var random = new Random(2);
        for (var i = 0; i < 500; i++) {
            var brazil =
                    "%d%d%07d".formatted(random.nextInt(11, 100), random.nextInt(6, 10), random.nextInt(10_000_000));
            meet("55" + brazil, "55" + brazil.substring(0, 2) + "9" + brazil.substring(2));
            var ten = "%d%08d".formatted(random.nextInt(20, 99), random.nextInt(100_000_000));
            meet("52" + ten, "521" + ten);
            meet("54" + ten, "549" + ten);
        }
    }

    @Test
    void different_numbers_are_different_people() {
        assertThat(person("+5511987654321")).isNotEqualTo(person("+5511987654322"));
        assertThat(person("+525512345678")).isNotEqualTo(person("+541123456789"));
        assertThat(person("+5511987654321")).isNotEqualTo(person("+5521987654321"));
    }

    private static void meet(String one, String other) {
        assertThat(person("+" + one)).as("%s %s", one, other).isEqualTo(written(other));
        assertThat(person("+" + other)).as("%s %s", other, one).isEqualTo(written(one));
    }

    private static @Nullable Person person(String typed) {
        return Phone.read(typed, null).map(Phone::person).orElse(null);
    }

    private static @Nullable Person written(String waId) {
        return Phone.ofWaId(waId).map(Phone::person).orElse(null);
    }
}
