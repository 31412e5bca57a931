package com.funnelseye.messaging.stats;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.stats.Rules.Verdict;
import com.funnelseye.messaging.stats.SystemHealth.Report;
import java.time.Duration;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/health")
class AdminHealthController {

    /// How long a look at all messages may take; a server with more of them answers what it has seen by then.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// @param messages how many were looked at
    /// @param complete false when there were more than there was time for
    record RuleReport(boolean holds, boolean complete, long messages, List<RuleResult> rules) {

        static RuleReport of(Verdict verdict) {
            var rules = Rule.ALL.stream()
                    .map(rule -> new RuleResult(rule.name(), verdict.broken().getOrDefault(rule.name(), 0L)))
                    .toList();
            return new RuleReport(verdict.holds(), verdict.complete(), verdict.messages(), rules);
        }
    }

    /// @param broken rows that break the rule
    record RuleResult(String rule, long broken) {}

    private final SystemHealth health;
    private final RuleWatch rules;

    AdminHealthController(SystemHealth health, RuleWatch rules) {
        this.health = health;
        this.rules = rules;
    }

    @GetMapping
    Reply<Report> health(Admin admin) {
        return Reply.of(health.report());
    }

    @GetMapping("/invariants")
    Reply<RuleReport> invariants(Admin admin) {
        return Reply.of(RuleReport.of(rules.look(PATIENCE)));
    }
}
