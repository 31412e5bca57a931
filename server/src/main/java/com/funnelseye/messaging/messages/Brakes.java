package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.alerts.Alert.Kind;
import com.funnelseye.messaging.alerts.Alerts;
import com.funnelseye.messaging.whatsapp.Channel;
import com.funnelseye.messaging.whatsapp.GraphError;
import com.funnelseye.messaging.whatsapp.SendResult;
import com.funnelseye.messaging.whatsapp.Throughput;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// What WhatsApp's answer to one message means for others: who has to wait, and for how long.
@Service
class Brakes {

    private final Channel channel;
    private final Throughput throughput;
    private final PersonPace people;
    private final Lanes lanes;
    private final Alerts alerts;

    Brakes(Channel channel, Throughput throughput, PersonPace people, Lanes lanes, Alerts alerts) {
        this.channel = channel;
        this.throughput = throughput;
        this.people = people;
        this.lanes = lanes;
        this.alerts = alerts;
    }

    /// Put on before the result is recorded: once it is, the next message could be begun.
    void putOn(Attempt attempt, SendResult result) {
        switch (result) {
            case SendResult.ChannelDown(var error) -> channel.stop(error);
            case SendResult.Later(var error, var reason, var pause) -> putOn(attempt, error, reason, pause);
            case SendResult.Held(var error) -> {
                if (attempt.laneId() != null) {
                    lanes.pause(attempt.laneId(), reasonOf(error));
                }
            }
            case SendResult.Accepted _, SendResult.NotSent _, SendResult.Rejected _, SendResult.Ambiguous _ -> {}
        }
    }

    private void putOn(Attempt attempt, GraphError error, SendResult.Reason reason, @Nullable Duration pause) {
        switch (reason) {
            case THROUGHPUT -> throughput.halve();
            case PAIR -> people.refused(attempt.messageId());
            case QUOTA -> {
                if (pause != null) {
                    throughput.rest(pause);
                }
            }
            case SPAM -> {
                throughput.crawl();
                lanes.pauseAll(reasonOf(error));
                alerts.raise(
                        Kind.SPAM_REPORTED, Integer.toString(error.code()), "All bulks are paused: " + error.title());
            }
            case OUTAGE -> {}
        }
    }

    private static String reasonOf(GraphError error) {
        return "WhatsApp: %s (%d)".formatted(error.title(), error.code());
    }
}
