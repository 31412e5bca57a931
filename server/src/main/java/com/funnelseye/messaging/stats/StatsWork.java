package com.funnelseye.messaging.stats;

import com.funnelseye.messaging.work.Worker;
import com.funnelseye.messaging.work.Workers;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StatsWork {

    /// How much is left unfolded, and so how much a reader adds up itself.
    private static final Duration FOLD_EVERY = Duration.ofSeconds(1);

    @Bean
    Worker counterWork(Workers workers, CounterFold fold) {
        return workers.every(FOLD_EVERY, "counters", fold::runOnce);
    }

    @Bean
    Worker watchWork(Workers workers, Watch watch) {
        return workers.every(Duration.ofSeconds(15), "watch", watch::runOnce);
    }

    @Bean
    Worker ruleWork(Workers workers, RuleWatch watch) {
        return workers.every(Duration.ofMinutes(1), "rules", watch::ofLate);
    }

    @Bean
    Worker allRuleWork(Workers workers, RuleWatch watch) {
        return workers.every(Duration.ofDays(1), "all-rules", watch::ofAll);
    }
}
