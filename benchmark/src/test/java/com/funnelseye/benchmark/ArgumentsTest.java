package com.funnelseye.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void what_is_not_said_has_a_default() {
        var arguments = Arguments.of(new String[] {"--server=a.jar", "--sandbox=b.jar", "--folder=c"});

        assertThat(arguments.rounds()).isEqualTo(3);
        assertThat(arguments.wants("send")).isTrue();
    }

    @Test
    void only_some_scenarios_can_be_asked_for() {
        var arguments =
                Arguments.of(new String[] {"--server=a.jar", "--sandbox=b.jar", "--folder=c", "--only=bulk,start"});

        assertThat(arguments.wants("bulk")).isTrue();
        assertThat(arguments.wants("send")).isFalse();
    }

    @Test
    void a_misspelt_argument_is_named() {
        assertThatThrownBy(() -> Arguments.of(new String[] {"--round=1"})).hasMessageContaining("--round=1");
    }
}
