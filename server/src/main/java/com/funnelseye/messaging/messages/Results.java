package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.contacts.Contacts;
import com.funnelseye.messaging.messages.Lives.Event;
import com.funnelseye.messaging.whatsapp.Events;
import com.funnelseye.messaging.whatsapp.SendResult;
import com.funnelseye.messaging.whatsapp.SendResult.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Records what came of attempts: attempt, message, outbox and credit in one transaction.
@Service
class Results {

    private static final Duration MAX_PAUSE = Duration.ofMinutes(5);

    /// The business number or the person is slowed down beside; the message itself need not wait longer.
    private static final Duration SHORT = Duration.ofSeconds(1);

    /// What came of an attempt.
    record Outcome(Attempt attempt, SendResult result) {}

    private final Attempts attempts;
    private final Lives lives;
    private final LaneRepository lanes;
    private final Contacts contacts;
    private final Events events;
    private final Clock clock;

    Results(
            Attempts attempts, Lives lives, LaneRepository lanes, Contacts contacts, Events events, Clock clock) {
        this.attempts = attempts;
        this.lives = lives;
        this.lanes = lanes;
        this.contacts = contacts;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public void record(Attempt attempt, SendResult result) {
        record(List.of(new Outcome(attempt, result)));
    }

    /// All of them or none. A lane is held before any message, as everywhere: it must not end while one of its messages
    /// comes back to the queue.
    @Transactional
    public void record(List<Outcome> outcomes) {
        var back = outcomes.stream()
                .filter(Results::isPutOff)
                .map(Outcome::attempt)
                .filter(attempt -> attempt.laneId() != null)
                .toList();
        var ended = lanes.holdAndFindEnded(back.stream().map(Attempt::lane).distinct().toList());
        accepted(outcomes);
        var happened = new ArrayList<Event>();
        outcomes.stream()
                .sorted(Comparator.comparing(outcome -> outcome.attempt().attemptId()))
                .forEach(outcome -> happened.addAll(happened(outcome)));
        lives.move(happened);
        takeOut(back, ended);
    }

    /// The window closed while the message waited: it was not sent and will not be.
    @Transactional
    public void windowClosed(Attempt attempt) {
        attempts.notSent(attempt.attemptId(), "window closed");
        move(attempt, new Happening.Rejected(attempt.attemptId(), clock.instant(), Failure.WINDOW_CLOSED));
    }

    @Transactional
    public void lostSight(Attempt attempt, String cause) {
        attempts.unknown(attempt.attemptId(), cause);
        move(attempt, new Happening.LostSight(attempt.attemptId()));
    }

    /// Webhooks of these wamids may already wait for us.
    private void accepted(List<Outcome> outcomes) {
        var wamids = new TreeMap<UUID, String>();
        for (var outcome : outcomes) {
            if (outcome.result() instanceof SendResult.Accepted(var wamid, var waId)) {
                wamids.put(outcome.attempt().attemptId(), wamid);
                if (waId != null && !outcome.attempt().isTo(waId)) {
                    contacts.knownAs(outcome.attempt().contactId(), waId);
                }
            }
        }
        if (!wamids.isEmpty()) {
            attempts.accepted(wamids);
            events.wake(wamids.values());
        }
    }

    /// What an outcome is in the life of its message; the attempt's own row is written here.
    private List<Event> happened(Outcome outcome) {
        var attempt = outcome.attempt();
        var id = attempt.attemptId();
        var now = clock.instant();
        return switch (outcome.result()) {
            case SendResult.Accepted(var wamid, var _) -> List.of(event(attempt, new Happening.Accepted(wamid, now)));
            case SendResult.NotSent(var cause) -> {
                attempts.notSent(id, cause);
                yield putOff(attempt, now, pause(attempt.tries(), null, null));
            }
            case SendResult.Later(var error, var reason, var wait) -> {
                attempts.rejected(id, error);
                yield putOff(attempt, now, pause(attempt.tries(), reason, wait));
            }
            case SendResult.ChannelDown(var error) -> {
                attempts.rejected(id, error);
                yield putOff(attempt, now, pause(attempt.tries(), null, null));
            }
            case SendResult.Held(var error) -> {
                attempts.rejected(id, error);
                yield attempt.laneId() == null
                        ? List.of(event(attempt, new Happening.Rejected(id, now, Failure.of(error))))
                        : putOff(attempt, now, SHORT);
            }
            case SendResult.Rejected(var error) -> {
                attempts.rejected(id, error);
                yield List.of(event(attempt, new Happening.Rejected(id, now, Failure.of(error))));
            }
            case SendResult.Ambiguous(var cause, var _) -> {
                attempts.unknown(id, cause);
                yield List.of(event(attempt, new Happening.LostSight(id)));
            }
        };
    }

    /// Whether the message may go back to the queue.
    private static boolean isPutOff(Outcome outcome) {
        return switch (outcome.result()) {
            case SendResult.NotSent _, SendResult.Later _, SendResult.ChannelDown _, SendResult.Held _ -> true;
            case SendResult.Accepted _, SendResult.Rejected _, SendResult.Ambiguous _ -> false;
        };
    }

    private static List<Event> putOff(Attempt attempt, Instant now, Duration pause) {
        return List.of(new Event(attempt.messageId(), new Happening.Postponed(attempt.attemptId(), now), pause));
    }

    /// Late answers come back to lanes that are over: from a cancelled one the message is taken back, from a completed
    /// one it goes on by itself.
    private void takeOut(List<Attempt> back, Map<UUID, Lane.State> ended) {
        var late = back.stream().filter(attempt -> ended.containsKey(attempt.lane())).toList();
        if (!late.isEmpty()) {
            lives.move(late.stream()
                    .filter(attempt -> ended.get(attempt.lane()) != Lane.State.COMPLETED)
                    .map(attempt -> event(attempt, new Happening.Cancelled()))
                    .toList());
            lanes.leave(late.stream().map(Attempt::messageId).toList());
        }
    }

    private void move(Attempt attempt, Happening what) {
        lives.move(List.of(event(attempt, what)));
    }

    private static Event event(Attempt attempt, Happening what) {
        return new Event(attempt.messageId(), what);
    }

    /// Never less than WhatsApp asked for.
    static Duration pause(int tries, @Nullable Reason reason, @Nullable Duration wait) {
        var pause = reason == Reason.PAIR ? SHORT : backoff(tries);
        return wait != null && wait.compareTo(pause) > 0 ? wait : pause;
    }

    /// Doubling from one second, with jitter on top, at most five minutes.
    private static Duration backoff(int tries) {
        var millis = Math.min(1000L << Math.min(tries - 1, 9), MAX_PAUSE.toMillis());
        var jittered = millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        return Duration.ofMillis(Math.min(jittered, MAX_PAUSE.toMillis()));
    }
}
