package com.funnelseye.messaging.setup;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The clock of everything people see. Leases and due times are the database's own `now()`, so that nodes need not
/// agree.
@Configuration(proxyBeanMethods = false)
class RealClock {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
