package com.funnelseye.messaging.alerts;

import com.funnelseye.messaging.work.Worker;
import com.funnelseye.messaging.work.Workers;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AlertWork {

    @Bean
    Worker alertCleaning(Workers workers, Alerts alerts) {
        return workers.every(Duration.ofHours(1), "alerts", alerts::forget);
    }
}
