package com.funnelseye.messaging.audit;

import com.funnelseye.messaging.work.Worker;
import com.funnelseye.messaging.work.Workers;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuditWork {

    /// Also how long an entry can be changed without trace.
    private static final Duration SEAL_EVERY = Duration.ofSeconds(5);

    @Bean
    Worker sealerWork(Workers workers, Sealer sealer) {
        return workers.every(SEAL_EVERY, "sealer", sealer::runOnce);
    }
}
