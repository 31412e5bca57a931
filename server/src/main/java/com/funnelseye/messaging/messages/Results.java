package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.contacts.Contacts;
import com.funnelseye.messaging.messages.Lives.Event;
import com.funnelseye.messaging.whatsapp.Events;
import com.funnelseye.messaging.whatsapp.SendResult;
import com.funnelseye.messaging.whatsapp.SendResult.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Records what came of an attempt: attempt, message, outbox and credit in one transaction.
@Service
class Results {

    private static final Duration MAX_PAUSE = Duration.ofMinutes(5);
    private static final int MAX_PAIR_EXPONENT = 5;

    private final Attempts attempts;
    private final Lives lives;
    private final Contacts contacts;
    private final Events events;
    private final Clock clock;

    Results(Attempts attempts, Lives lives, Contacts contacts, Events events, Clock clock) {
        this.attempts = attempts;
        this.lives = lives;
        this.contacts = contacts;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public void record(Attempt attempt, SendResult result) {
        var now = clock.instant();
        var id = attempt.attemptId();
        switch (result) {
            case SendResult.Accepted(var wamid, var waId) -> accepted(attempt, wamid, waId);
            case SendResult.NotSent(var cause) -> {
                attempts.notSent(id, cause);
                move(attempt, new Happening.Postponed(id, now), pause(attempt.tries(), null, null));
            }
            case SendResult.Later(var error, var reason, var wait) -> {
                attempts.rejected(id, error);
                move(attempt, new Happening.Postponed(id, now), pause(attempt.tries(), reason, wait));
            }
            case SendResult.ChannelDown(var error) -> {
                attempts.rejected(id, error);
                // Not at once: senders learn of the stop only after this.
                move(attempt, new Happening.Postponed(id, now), pause(attempt.tries(), null, null));
            }
            case SendResult.Held(var error) -> {
                attempts.rejected(id, error);
                move(attempt, new Happening.Rejected(id, now, Failure.of(error)));
            }
            case SendResult.Rejected(var error) -> {
                attempts.rejected(id, error);
                move(attempt, new Happening.Rejected(id, now, Failure.of(error)));
            }
            case SendResult.Ambiguous ambiguous -> lostSight(attempt, ambiguous.cause());
        }
    }

    /// The window closed while the message waited: it was not sent and will not be.
    @Transactional
    public void windowClosed(Attempt attempt) {
        attempts.notSent(attempt.attemptId(), "window closed");
        move(attempt, new Happening.Rejected(attempt.attemptId(), clock.instant(), Failure.WINDOW_CLOSED));
    }

    /// The person opted out while the message waited: marketing goes to her no more.
    @Transactional
    public void optedOut(Attempt attempt) {
        attempts.notSent(attempt.attemptId(), "opted out");
        move(attempt, new Happening.Rejected(attempt.attemptId(), clock.instant(), Failure.OPTED_OUT));
    }

    @Transactional
    public void lostSight(Attempt attempt, String cause) {
        attempts.unknown(attempt.attemptId(), cause);
        move(attempt, new Happening.LostSight(attempt.attemptId()));
    }

    /// Webhooks of this wamid may already wait for us.
    private void accepted(Attempt attempt, String wamid, @Nullable String waId) {
        attempts.accepted(attempt.attemptId(), wamid);
        move(attempt, new Happening.Accepted(wamid, clock.instant()));
        contacts.knownAs(attempt.contactId(), waId);
        events.wake(wamid);
    }

    private void move(Attempt attempt, Happening what) {
        move(attempt, what, Duration.ZERO);
    }

    private void move(Attempt attempt, Happening what, Duration pause) {
        lives.move(List.of(new Event(attempt.messageId(), what, pause)));
    }

    /// Never less than WhatsApp asked for.
    static Duration pause(int tries, @Nullable Reason reason, @Nullable Duration wait) {
        var pause = reason == Reason.PAIR ? pairPause(tries) : backoff(tries);
        return wait != null && wait.compareTo(pause) > 0 ? wait : pause;
    }

    /// Doubling from one second, with jitter on top, at most five minutes.
    private static Duration backoff(int tries) {
        var millis = Math.min(1000L << Math.min(tries - 1, 9), MAX_PAUSE.toMillis());
        var jittered = millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        return Duration.ofMillis(Math.min(jittered, MAX_PAUSE.toMillis()));
    }

    /// Too many messages to one person: Meta advises 4^k seconds, which concern nobody else.
    private static Duration pairPause(int tries) {
        return Duration.ofSeconds(1L << (2 * Math.min(tries - 1, MAX_PAIR_EXPONENT)));
    }
}
