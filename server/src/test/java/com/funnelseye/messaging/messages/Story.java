package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.messages.Happening.Abandoned;
import com.funnelseye.messaging.messages.Happening.Accepted;
import com.funnelseye.messaging.messages.Happening.Cancelled;
import com.funnelseye.messaging.messages.Happening.Delivered;
import com.funnelseye.messaging.messages.Happening.FailedLater;
import com.funnelseye.messaging.messages.Happening.LostSight;
import com.funnelseye.messaging.messages.Happening.Postponed;
import com.funnelseye.messaging.messages.Happening.Read;
import com.funnelseye.messaging.messages.Happening.Rejected;
import com.funnelseye.messaging.messages.Happening.Resent;
import com.funnelseye.messaging.messages.Life.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A life lived from some state through some happenings, and the money they moved. The ledger's own rules are part of
/// it: each move once, capture or release but not both, a refund only of what was captured.
record Story(Life end, List<Money> money) {

    static final UUID CURRENT = new UUID(0, 1);
    static final UUID FORMER = new UUID(0, 2);
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Failure UNDELIVERABLE = new Failure("131026", "Undeliverable", null);

    static Story from(State state) {
        return new Story(lifeIn(state), new ArrayList<>());
    }

    Story then(Happening happening) {
        var step = end.after(happening);
        var all = new ArrayList<>(money);
        step.money().stream().filter(move -> isPossible(all, move)).forEach(all::add);
        return new Story(step.life(), all);
    }

    Story then(List<Happening> happenings) {
        var story = this;
        for (var happening : happenings) {
            story = story.then(happening);
        }
        return story;
    }

    Story then(String words) {
        return then(meaning(words));
    }

    private boolean isPossible(List<Money> before, Money move) {
        var captured = before.contains(Money.CAPTURE);
        return !before.contains(move)
                && switch (move) {
                    case CAPTURE -> !before.contains(Money.RELEASE);
                    case RELEASE -> !captured;
                    case REFUND -> captured;
                };
    }

    /// What an event means to the life. Whatever WhatsApp reports of a message, it says first of all that it has it.
    static List<Happening> meaning(String event) {
        return meaning(event, NOON, "wamid.A");
    }

    static List<Happening> meaning(String event, Instant at, String wamid) {
        var attempt = event.startsWith("former ") ? FORMER : CURRENT;
        var accepted = new Accepted(wamid, at);
        return switch (event.replace("former ", "")) {
            case "accepted", "sent" -> List.of(accepted);
            case "delivered" -> List.of(accepted, new Delivered(at));
            case "read" -> List.of(accepted, new Read(at));
            case "failed" -> List.of(accepted, new FailedLater(at, UNDELIVERABLE));
            case "held back" -> List.of(accepted, new FailedLater(at, new Failure("131049", "Not delivered", null)));
            case "later" -> List.of(new Postponed(attempt, at));
            case "rejected" -> List.of(new Rejected(attempt, at, UNDELIVERABLE));
            case "ambiguous", "lease expired" -> List.of(new LostSight(attempt));
            case "resend" -> List.of(new Resent());
            case "abandon" -> List.of(new Abandoned(at));
            case "cancel" -> List.of(new Cancelled());
            default -> throw new IllegalArgumentException(event);
        };
    }

    private static Life lifeIn(State state) {
        var progress = switch (state) {
            case ACCEPTED -> Progress.NONE.accepted("wamid.A", NOON);
            case FAILED -> Progress.NONE.failed(NOON, UNDELIVERABLE);
            case ABANDONED -> Progress.NONE.failed(NOON, Failure.ABANDONED);
            case QUEUED, SENDING, UNKNOWN, CANCELLED -> Progress.NONE;
        };
        return new Life(new UUID(1, 1), state, CURRENT, 1, NOON, 0, progress);
    }
}
