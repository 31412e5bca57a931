package com.funnelseye.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.stats.Rules;
import java.time.Duration;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What must hold of messages and money whatever happened: the rules a server in production judges itself by.
@Component
public class Invariants {

    private final Rules rules;

    public Invariants(JdbcClient jdbc) {
        this.rules = new Rules(jdbc);
    }

    public void assertHold() {
        assertThat(broken()).isEmpty();
    }

    /// Rule → how many rows break it; empty when all is well.
    public Map<String, Long> broken() {
        return rules.ofAll(Duration.ofMinutes(5)).broken();
    }
}
