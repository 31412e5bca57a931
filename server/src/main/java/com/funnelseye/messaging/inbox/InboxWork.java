package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.whatsapp.Events;
import com.funnelseye.messaging.work.Worker;
import com.funnelseye.messaging.work.Workers;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class InboxWork {

    @Bean
    Worker inboundWork(Workers workers, InboundReader reader, Events events) {
        var worker = workers.every(Duration.ofMillis(250), "inbound", reader::runOnce);
        events.onMessage(worker::ring);
        return worker;
    }

    @Bean
    Worker receiptWork(Workers workers, ReadReceipts receipts) {
        return workers.every(Duration.ofSeconds(1), "read-receipts", receipts::runOnce);
    }
}
