package com.funnelseye.messaging.messages;

import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.messages.Attempts.Match;
import com.funnelseye.messaging.messages.Lives.Event;
import com.funnelseye.messaging.whatsapp.Events;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Applies what webhooks reported of our messages. A report that matches no attempt yet is parked: it may have come
/// before our own commit of its wamid.
@Service
class StatusReader {

    static final int BATCH = 500;

    private final Events events;
    private final Attempts attempts;
    private final Lives lives;

    StatusReader(Events events, Attempts attempts, Lives lives) {
        this.events = events;
        this.attempts = attempts;
        this.lives = lives;
    }

    /// One pass: a batch of reports, their effects and their "applied" in one transaction.
    @Transactional
    public int runOnce() {
        var reports = events.dueStatuses(BATCH);
        var matches =
                attempts.matching(reports).stream().collect(toMap(Match::eventId, Function.identity(), (a, _) -> a));
        var happenings = new ArrayList<Event>();
        for (var report : reports) {
            var match = matches.get(report.id());
            if (match != null) {
                attempts.accepted(match.attemptId(), report.wamid());
                happenings.addAll(meaningOf(report, match));
            }
        }
        lives.move(happenings);
        events.applied(reports.stream()
                .map(StatusReported::id)
                .filter(matches::containsKey)
                .toList());
        events.park(reports.stream()
                .map(StatusReported::id)
                .filter(id -> !matches.containsKey(id))
                .toList());
        return matches.size();
    }

    /// Whatever a webhook reports of a message, it proves that WhatsApp accepted it.
    private static List<Event> meaningOf(StatusReported report, Match match) {
        var accepted = new Event(match.messageId(), new Happening.Accepted(report.wamid(), report.at()));
        return switch (report.status()) {
            case "sent" -> List.of(accepted, new Event(match.messageId(), new Happening.Sent(report.at())));
            case "delivered" -> List.of(accepted, new Event(match.messageId(), new Happening.Delivered(report.at())));
            case "read", "played" -> List.of(accepted, new Event(match.messageId(), new Happening.Read(report.at())));
            case "failed" ->
                List.of(
                        accepted,
                        new Event(
                                match.messageId(), new Happening.FailedLater(report.at(), Failure.of(report.error()))));
            default -> List.of(accepted);
        };
    }
}
