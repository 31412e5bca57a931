package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.whatsapp.Events;
import com.funnelseye.messaging.work.Worker;
import com.funnelseye.messaging.work.Workers;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The loops of this feature, and how often each looks when nobody rings.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UnconfirmedSettings.class)
class MessageWork {

    @Bean
    Worker senderWork(Workers workers, Sender sender) {
        var worker = workers.every(Duration.ofMillis(100), "sender", sender::runOnce);
        sender.onRoom(worker::ring);
        return worker;
    }

    @Bean
    Worker statusWork(Workers workers, StatusReader reader, Events events) {
        var worker = workers.every(Duration.ofMillis(250), "statuses", reader::runOnce);
        events.onStatus(worker::ring);
        return worker;
    }

    @Bean
    Worker reaperWork(Workers workers, Reaper reaper) {
        return workers.every(Duration.ofSeconds(5), "reaper", reaper::runOnce);
    }

    @Bean
    Worker laneWork(Workers workers, LaneEnds ends) {
        return workers.every(Duration.ofMillis(250), "lanes", ends::runOnce);
    }

    @Bean
    Worker personPaceWork(Workers workers, PersonPace people) {
        return workers.every(Duration.ofMinutes(1), "person-paces", people::sweep);
    }

    @Bean
    Worker abandonWork(Workers workers, Unconfirmed unconfirmed) {
        return workers.every(Duration.ofMinutes(1), "abandon", unconfirmed::abandonOld);
    }

    @Bean
    Worker unconfirmedAlerts(Workers workers, Unconfirmed unconfirmed) {
        return workers.every(Duration.ofSeconds(30), "unconfirmed", unconfirmed::alert);
    }

    @Bean
    Worker keyClearing(Workers workers, IdempotencyKeys keys) {
        return workers.every(Duration.ofMinutes(10), "keys", keys::clear);
    }
}
