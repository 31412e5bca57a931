package com.funnelseye.messaging.stats;

import com.funnelseye.messaging.alerts.Alert;
import com.funnelseye.messaging.alerts.Alerts;
import com.funnelseye.messaging.credits.CreditAccounts;
import com.funnelseye.messaging.messages.Pulse;
import com.funnelseye.messaging.whatsapp.Channel;
import com.funnelseye.messaging.whatsapp.Health;
import com.funnelseye.messaging.whatsapp.Throughput;
import com.funnelseye.messaging.whatsapp.WebhookPulse;
import com.funnelseye.messaging.whatsapp.WhatsApp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// How it all goes, for an admin to look at. Whether a server is alive or ready is asked elsewhere.
@Service
class SystemHealth {

    private static final Duration WHATSAPP_ASKED_EVERY = Duration.ofSeconds(30);
    private static final Duration CREDITS_FOLDED_EVERY = Duration.ofMinutes(5);
    private static final Duration PACE_OVER = Duration.ofMinutes(5);
    private static final double SLOW_DATABASE_MS = 250;
    private static final double OLD_DUE_SECONDS = 60;
    private static final double OLD_UNCONFIRMED_SECONDS = 15 * 60;
    private static final double OLD_EVENT_SECONDS = 60;

    /// From good to bad.
    enum State {
        OK,
        WARN,
        DOWN;

        static State warnIf(boolean worrying) {
            return worrying ? WARN : OK;
        }
    }

    record DatabaseHealth(State status, double latencyMs) {}

    /// @param answer `up`, `refused` or `unreachable`: what WhatsApp said at `checkedAt`
    /// @param stopped why nothing is sent; null while the channel runs
    record WhatsAppHealth(
            State status,
            String answer,
            @Nullable String detail,
            @Nullable String qualityRating,
            @Nullable String throughput,
            Instant checkedAt,
            Channel.@Nullable Stop stopped) {}

    record OutboxHealth(State status, Pulse.Backlog backlog) {}

    record WebhookHealth(State status, @Nullable Double lastEventAgeSeconds, WebhookPulse.Arrivals arrivals) {}

    record CreditHealth(State status, boolean addUp, Instant checkedAt) {}

    /// @param perMinute messages accepted by us, over the last five minutes or the sample
    /// @param ratePerSecond what the business number sends at most now; less than its limit after WhatsApp
    /// slowed it down
    record PaceHealth(
            State status, double perMinute, double ratePerSecond, double limitPerSecond, Pulse.Pace lastFiveMinutes) {}

    /// @param open the newest of those that last
    record AlertHealth(State status, List<Alert> open) {}

    record Report(
            State status,
            DatabaseHealth database,
            WhatsAppHealth whatsapp,
            OutboxHealth outbox,
            WebhookHealth webhooks,
            CreditHealth credits,
            PaceHealth throughput,
            AlertHealth alerts) {}

    private final JdbcClient jdbc;
    private final Channel channel;
    private final Pulse pulse;
    private final WebhookPulse webhooks;
    private final Throughput throughput;
    private final Alerts alerts;
    private final Clock clock;
    private final Remembered<Health> whatsApp;
    private final Remembered<Boolean> credits;

    SystemHealth(
            JdbcClient jdbc,
            WhatsApp whatsApp,
            Channel channel,
            Pulse pulse,
            WebhookPulse webhooks,
            Throughput throughput,
            CreditAccounts credits,
            Alerts alerts,
            Clock clock) {
        this.jdbc = jdbc;
        this.channel = channel;
        this.pulse = pulse;
        this.webhooks = webhooks;
        this.throughput = throughput;
        this.alerts = alerts;
        this.clock = clock;
        this.whatsApp = new Remembered<>(WHATSAPP_ASKED_EVERY, clock, whatsApp::check);
        this.credits = new Remembered<>(CREDITS_FOLDED_EVERY, clock, credits::addUp);
    }

    Report report() {
        var database = database();
        var whatsapp = whatsapp();
        var outbox = outbox();
        var arrivals = webhooks();
        var money = credits();
        var raised = alerts();
        var worst = Stream.of(
                        database.status(),
                        whatsapp.status(),
                        outbox.status(),
                        arrivals.status(),
                        money.status(),
                        raised.status())
                .max(State::compareTo)
                .orElse(State.OK);
        return new Report(worst, database, whatsapp, outbox, arrivals, money, pace(), raised);
    }

    private DatabaseHealth database() {
        var start = System.nanoTime();
        jdbc.sql("SELECT 1").query(Integer.class).single();
        var millis = (System.nanoTime() - start) / 1e6;
        return new DatabaseHealth(State.warnIf(millis > SLOW_DATABASE_MS), rounded(millis));
    }

    private WhatsAppHealth whatsapp() {
        var known = whatsApp.get();
        var at = known.at();
        var stop = channel.stopped().orElse(null);
        return switch (known.value()) {
            case Health.Up up -> {
                var worrying = "RED".equals(up.qualityRating()) || "YELLOW".equals(up.qualityRating());
                var state = stop == null ? State.warnIf(worrying) : State.DOWN;
                yield new WhatsAppHealth(state, "up", up.status(), up.qualityRating(), up.throughput(), at, stop);
            }
            case Health.Refused(var error) ->
                new WhatsAppHealth(State.DOWN, "refused", error.code() + " " + error.title(), null, null, at, stop);
            case Health.Unreachable(var cause) ->
                new WhatsAppHealth(State.DOWN, "unreachable", cause, null, null, at, stop);
        };
    }

    private OutboxHealth outbox() {
        var backlog = pulse.backlog();
        return new OutboxHealth(
                State.warnIf(exceeds(backlog.oldestDueSeconds(), OLD_DUE_SECONDS)
                        || exceeds(backlog.oldestUnconfirmedSeconds(), OLD_UNCONFIRMED_SECONDS)),
                backlog);
    }

    private WebhookHealth webhooks() {
        var arrivals = webhooks.arrivals();
        var last = arrivals.lastEventAt();
        var age = last == null ? null : Duration.between(last, clock.instant()).toMillis() / 1000.0;
        return new WebhookHealth(
                State.warnIf(exceeds(arrivals.oldestWaitingSeconds(), OLD_EVENT_SECONDS)), age, arrivals);
    }

    private CreditHealth credits() {
        var known = credits.get();
        return new CreditHealth(known.value() ? State.OK : State.DOWN, known.value(), known.at());
    }

    private AlertHealth alerts() {
        var open = alerts.open();
        return new AlertHealth(State.warnIf(!open.isEmpty()), open);
    }

    private PaceHealth pace() {
        var pace = pulse.pace();
        var since = pace.since();
        var over = since == null || !pace.isSample() ? PACE_OVER : Duration.between(since, clock.instant());
        var perMinute = pace.messages() * 60_000.0 / Math.max(1, over.toMillis());
        var rate = throughput.ratePerSecond();
        var limit = throughput.limitPerSecond();
        return new PaceHealth(State.warnIf(rate < limit), rounded(perMinute), rounded(rate), limit, pace);
    }

    private static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }

    private static boolean exceeds(@Nullable Double seconds, double limit) {
        return seconds != null && seconds > limit;
    }
}
