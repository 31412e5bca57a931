package com.funnelseye.messaging.stats;

import com.funnelseye.messaging.alerts.Alert.Kind;
import com.funnelseye.messaging.alerts.Alerts;
import com.funnelseye.messaging.messages.Pulse;
import com.funnelseye.messaging.whatsapp.Channel;
import com.funnelseye.messaging.whatsapp.DeadLetters;
import com.funnelseye.messaging.whatsapp.WebhookPulse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Looks at what nobody in particular is responsible for, and tells operators when it goes wrong and when it is over.
@Service
class Watch {

    private static final double LATE_SECONDS = 60;
    private static final Duration SILENCE = Duration.ofMinutes(10);

    /// By then such a report has become a dead letter, which has its own alert.
    private static final Duration PARKED_FOR = Duration.ofDays(7);

    /// If people still report the number after that, WhatsApp says so again.
    private static final Duration LIMITED_FOR = Duration.ofDays(1);

    private static final Map<String, String> NOTHING = Map.of();

    private final Alerts alerts;
    private final Pulse pulse;
    private final Channel channel;
    private final WebhookPulse webhooks;
    private final DeadLetters deadLetters;
    private final Clock clock;

    Watch(
            Alerts alerts,
            Pulse pulse,
            Channel channel,
            WebhookPulse webhooks,
            DeadLetters deadLetters,
            Clock clock) {
        this.alerts = alerts;
        this.pulse = pulse;
        this.channel = channel;
        this.webhooks = webhooks;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /// One look. Always 0: there is nothing more to do before the next interval.
    @Transactional
    public int runOnce() {
        alerts.set(Kind.SENDING_LATE, lateSending());
        alerts.set(Kind.WEBHOOKS_SILENT, silence());
        alerts.set(Kind.DEAD_LETTERS, letters());
        alerts.expire(Kind.FOREIGN_REPORT, PARKED_FOR);
        alerts.expire(Kind.SPAM_REPORTED, LIMITED_FOR);
        return 0;
    }

    /// While the number is stopped or sending is held messages have to wait: that has its own alert.
    private Map<String, String> lateSending() {
        var oldest = pulse.oldestSingleDueSeconds();
        return oldest != null && oldest > LATE_SECONDS && channel.isOpen() && !pulse.isHeld()
                ? Map.of("outbox", "Messages have been due for more than a minute and are not sent")
                : NOTHING;
    }

    /// WhatsApp reports every message it accepted within seconds, be it only as sent.
    private Map<String, String> silence() {
        var last = webhooks.arrivals().lastEventAt();
        var until = clock.instant().minus(SILENCE);
        return pulse.hasSentBetween(last == null ? Instant.EPOCH : last, until)
                ? Map.of("webhooks", "Messages are accepted and for more than ten minutes nothing was reported")
                : NOTHING;
    }

    private Map<String, String> letters() {
        var letters = deadLetters.count(1);
        return letters == 0
                ? NOTHING
                : Map.of("events", "Events could not be applied and wait in /admin/dead-letters");
    }
}
