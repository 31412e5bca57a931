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
}
