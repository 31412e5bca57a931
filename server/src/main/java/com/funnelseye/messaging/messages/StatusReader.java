package com.funnelseye.messaging.messages;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.funnelseye.messaging.messages.Attempts.Match;
import com.funnelseye.messaging.messages.Lives.Event;
import com.funnelseye.messaging.whatsapp.Events;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Applies what webhooks reported of our messages. A report that matches no attempt yet is parked: it may have come
/// before our own commit of its wamid.
@Service
class StatusReader {

    static final int BATCH = 500;

    private record Found(StatusReported report, Match match) {}

    private record Wamid(String phoneNumberId, String wamid) {}

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
        var found = find(reports);
        var news = found.stream()
                .filter(one ->
                        attempts.accepted(one.match().attemptId(), one.match().wamid()))
                .map(one -> one.report().wamid())
                .toList();
        lives.move(found.stream()
                .flatMap(one -> meaningOf(one.report(), one.match()).stream())
                .toList());
        var applied = found.stream().map(one -> one.report().id()).collect(toSet());
        events.applied(applied);
        events.forget(found.stream()
                .filter(one -> one.match().erased())
                .map(one -> one.report().id())
                .toList());
        events.park(reports.stream()
                .map(StatusReported::id)
                .filter(id -> !applied.contains(id))
                .toList());
        events.wake(news);
        return found.size();
    }

    /// The reports whose attempt is known, by attempt, so that two nodes lock attempts in the same order. Should two
    /// attempts claim one wamid, it belongs to the first; the other report is parked.
    private List<Found> find(List<StatusReported> reports) {
        var matches = attempts.matching(reports).stream().collect(toMap(Match::eventId, Function.identity()));
        var owners = new HashMap<Wamid, UUID>();
        var found = new ArrayList<Found>();
        for (var report : reports) {
            var match = matches.get(report.id());
            if (match != null && isOwner(owners, report, match)) {
                found.add(new Found(report, match));
            }
        }
        found.sort(Comparator.comparing(one -> one.match().attemptId()));
        return found;
    }

    private static boolean isOwner(Map<Wamid, UUID> owners, StatusReported report, Match match) {
        var first = owners.putIfAbsent(new Wamid(report.phoneNumberId(), report.wamid()), match.attemptId());
        return first == null || first.equals(match.attemptId());
    }

    /// Whatever a webhook reports of a message, it proves that WhatsApp accepted it.
    private static List<Event> meaningOf(StatusReported report, Match match) {
        var accepted = new Event(match.messageId(), new Happening.Accepted(match.wamid(), report.at()));
        return switch (report.status()) {
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
