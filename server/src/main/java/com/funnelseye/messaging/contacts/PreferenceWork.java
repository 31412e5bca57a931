package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.whatsapp.Events;
import com.funnelseye.messaging.work.Worker;
import com.funnelseye.messaging.work.Workers;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PreferenceWork {

    @Bean
    Worker preferenceReading(Workers workers, PreferenceReader reader, Events events) {
        var worker = workers.every(Duration.ofSeconds(1), "preferences", reader::runOnce);
        events.onPreference(worker::ring);
        return worker;
    }
}
