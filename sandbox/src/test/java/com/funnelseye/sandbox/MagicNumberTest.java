package com.funnelseye.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MagicNumberTest {

    @ParameterizedTest
    @EnumSource
    void each_lies_in_the_range_of_fiction_and_is_not_the_business_itself(MagicNumber magic) {
        assertThat(magic.number())
                .matches("\\+165055501[0-9]{2}")
                .isNotEqualTo("+" + SandboxOptions.demo().businessDigits());
    }

    @ParameterizedTest
    @EnumSource
    void the_readme_lists_each(MagicNumber magic) throws Exception {
        var digits = magic.digits();
        var pretty = "+1 650 555 " + digits.substring(digits.length() - 4);

        assertThat(Files.readString(Path.of("README.md"))).contains("| " + pretty + " | " + magic.effect());
    }
}
