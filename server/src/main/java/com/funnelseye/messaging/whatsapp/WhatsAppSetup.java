package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.setup.Installation;
import com.funnelseye.messaging.work.Worker;
import com.funnelseye.messaging.work.Workers;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WhatsAppProperties.class)
class WhatsAppSetup {

    private static final Duration PROBE_EVERY = Duration.ofSeconds(15);

    private static final Duration CLEAN_EVERY = Duration.ofMinutes(10);

    @Bean
    WhatsAppAccount whatsAppAccount(Installation installation, WhatsAppProperties properties, DemoSandbox sandbox) {
        return WhatsAppAccount.of(installation.isDemo() ? sandbox.properties(properties) : properties);
    }

    @Bean
    GraphClient graphClient(WhatsAppAccount account, WhatsAppProperties properties) {
        return new GraphClient(account, properties.maxConnections(), WhatsApp.SEND_DEADLINE);
    }

    @Bean
    Intake intake(@Qualifier("webhookDataSource") DataSource connections, Events events) {
        return new Intake(new EventRepository(JdbcClient.create(connections)), events::arrived);
    }

    @Bean
    Worker channelProbe(Workers workers, Channel channel) {
        return workers.every(PROBE_EVERY, "channel", channel::probe);
    }

    @Bean
    Worker eventCleaning(Workers workers, EventCleaner cleaner) {
        return workers.every(CLEAN_EVERY, "events", cleaner::runOnce);
    }
}
