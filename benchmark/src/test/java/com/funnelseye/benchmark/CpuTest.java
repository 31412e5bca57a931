package com.funnelseye.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CpuTest {

    @Test
    void it_agrees_with_what_java_knows_of_itself() {
        var known = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        assertThat(Cpu.of(ProcessHandle.current().pid()))
                .isPositive()
                .isCloseTo(known.getProcessCpuTime() / 1e9, within(0.5));
    }

    @Test
    void a_process_that_is_gone_costs_nothing() {
        assertThat(Cpu.of(Long.MAX_VALUE)).isZero();
    }
}
