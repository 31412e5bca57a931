package com.funnelseye.messaging.stats;

import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.alerts.Alert.Kind;
import com.funnelseye.messaging.alerts.Alerts;
import com.funnelseye.messaging.stats.Rules.Verdict;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Judges by the rules again and again: a broken one is our bug, and an operator hears of it within a minute.
@Service
class RuleWatch {

    private static final Duration ALL_MESSAGES = Duration.ofMinutes(10);
    private static final long LOCK = 0x52554C4553L;
    private static final Logger log = LoggerFactory.getLogger(RuleWatch.class);

    private final Rules rules;
    private final Alerts alerts;
    private final JdbcClient jdbc;

    RuleWatch(Rules rules, Alerts alerts, JdbcClient jdbc) {
        this.rules = rules;
        this.alerts = alerts;
        this.jdbc = jdbc;
    }

    /// What moved lately. One server at a time; the others need not look. Always 0: there is no more to do.
    @Transactional
    public int ofLate() {
        if (isMine()) {
            report(rules.ofLate());
        }
        return 0;
    }

    /// Everything, the ledger too; what is well again is no alert any longer.
    @Transactional
    public int ofAll() {
        if (isMine()) {
            look(ALL_MESSAGES);
        }
        return 0;
    }

    /// The same for somebody who asks.
    @Transactional
    public Verdict look(Duration patience) {
        var verdict = rules.ofAll(patience);
        report(verdict);
        if (verdict.complete()) {
            alerts.set(Kind.INVARIANT_BROKEN, details(verdict));
        }
        return verdict;
    }

    private boolean isMine() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
    }

    /// A look at the late ones never ends an alert: the rows that broke a rule may be older.
    private void report(Verdict verdict) {
        verdict.broken().forEach((rule, rows) -> log.error("Rule broken: rule.name=\"{}\" rows={}", rule, rows));
        details(verdict).forEach((rule, details) -> alerts.raise(Kind.INVARIANT_BROKEN, rule, details));
    }

    private static Map<String, String> details(Verdict verdict) {
        return verdict.broken().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, rule -> "Rows that break it: " + rule.getValue()));
    }
}
