package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.work.Worker;
import com.funnelseye.messaging.work.Workers;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BulkWork {

    @Bean
    Worker bulkCountWork(Workers workers, BulkCounts counts) {
        return workers.every(Duration.ofMillis(500), "bulk-counts", counts::runOnce);
    }
}
