package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.alerts.Alert.Kind;
import com.funnelseye.messaging.alerts.Alerts;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.messages.Lives.Event;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Sends whose outcome nobody knows: WhatsApp's reports settle most of them. For the rest an operator decides, with a
/// reason; nothing else ever sends one again.
@Service
class Unconfirmed {

    /// Alerts for the oldest; should there be more, these tell enough.
    static final int MAX_ALERTS = 100;

    private static final int BATCH = 200;
    private static final Logger log = LoggerFactory.getLogger(Unconfirmed.class);

    private final MessageRepository messages;
    private final Outbox outbox;
    private final Lives lives;
    private final Alerts alerts;
    private final Audit audit;
    private final UnconfirmedSettings settings;
    private final Clock clock;

    Unconfirmed(
            MessageRepository messages,
            Outbox outbox,
            Lives lives,
            Alerts alerts,
            Audit audit,
            UnconfirmedSettings settings,
            Clock clock) {
        this.messages = messages;
        this.outbox = outbox;
        this.lives = lives;
        this.alerts = alerts;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /// Authorises exactly one more attempt. The person may get the message twice.
    @Transactional
    public Message resend(Admin admin, UUID id, String reason) {
        return decide(admin, id, "message.resent", new Happening.Resent(), reason);
    }

    /// Gives the message up: its credit is available again. Should WhatsApp report it after all, it stays free.
    @Transactional
    public Message abandon(Admin admin, UUID id, String reason) {
        return decide(admin, id, "message.abandoned", new Happening.Abandoned(clock.instant()), reason);
    }

    /// Whoever locks the row first decides; the other finds it decided.
    private Message decide(Admin admin, UUID id, String action, Happening what, String reason) {
        var isUnknown = outbox.holdUnknown(id);
        var before = outbound(id);
        if (!isUnknown) {
            throw new NotUnconfirmed(before.status());
        }
        lives.move(List.of(new Event(id, what)));
        alerts.clear(Kind.UNCONFIRMED, id.toString());
        var after = outbound(id);
        audit.record(
                admin,
                action,
                new Subject("message", id),
                Map.of("status", before.status()),
                Map.of("status", after.status(), "reason", reason));
        return after;
    }

    private Message outbound(UUID id) {
        return messages.byId(id)
                .filter(message -> message.direction() == Direction.OUTBOUND)
                .orElseThrow(() -> Refusal.notFound("Message"));
    }

    /// Gives up what has been unknown for too long, a batch at a time.
    @Transactional
    public int abandonOld() {
        var old = outbox.holdUnknownFor(settings.abandonAfter(), BATCH);
        var now = clock.instant();
        lives.move(old.stream()
                .map(id -> new Event(id, new Happening.Abandoned(now)))
                .toList());
        old.forEach(id -> log.warn("Abandoned, its outcome never became known: message.id={}", id));
        return old.size();
    }

    /// Tells operators of what has been unknown for long, and that it is over.
    @Transactional
    public int alert() {
        var waiting = new TreeMap<String, String>();
        outbox.unknownFor(settings.alertAfter(), MAX_ALERTS)
                .forEach(id -> waiting.put(
                        id.toString(), "Nobody knows whether this message was sent: resend or abandon it"));
        alerts.set(Kind.UNCONFIRMED, waiting);
        return 0;
    }
}
