package com.funnelseye.messaging.messages;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.funnelseye.messaging.alerts.Alert.Kind;
import com.funnelseye.messaging.alerts.Alerts;
import com.funnelseye.messaging.messages.Attempts.Match;
import com.funnelseye.messaging.messages.Lives.Event;
import com.funnelseye.messaging.whatsapp.Events;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Applies what webhooks reported of our messages. A report that matches no attempt yet is parked: it may have come
/// before our own commit of its wamid.
@Service
class StatusReader {

    static final int BATCH = 500;
    private static final Logger log = LoggerFactory.getLogger(StatusReader.class);

    /// A report and the attempt it is about.
    record Found(StatusReported report, Match match) {}

    private record Wamid(String phoneNumberId, String wamid) {}

    private final Events events;
    private final Attempts attempts;
    private final Lives lives;
    private final Recipients recipients;
    private final Alerts alerts;
    private final TransactionTemplate transaction;

    StatusReader(
            Events events,
            Attempts attempts,
            Lives lives,
            Recipients recipients,
            Alerts alerts,
            PlatformTransactionManager transactions) {
        this.events = events;
        this.attempts = attempts;
        this.lives = lives;
        this.recipients = recipients;
        this.alerts = alerts;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// One pass: a batch of reports, their effects and their "applied" in one transaction. Should one of them be what
    /// nobody can apply, the batch is read one by one, so that the others get through.
    int runOnce() {
        try {
            return read(BATCH, new ArrayList<>());
        } catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException tryAgain) {
            throw tryAgain;
        } catch (RuntimeException failure) {
            log.warn("Reports are read one by one", failure);
            return readOneByOne();
        }
    }

    private int readOneByOne() {
        for (var done = 0; done < BATCH; done++) {
            var one = new ArrayList<StatusReported>();
            try {
                if (read(1, one) == 0) {
                    return done;
                }
            } catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException again) {
                throw again;
            } catch (RuntimeException failure) {
                one.forEach(report -> events.failed(report.id(), failure.getClass().getSimpleName()));
            }
        }
        return BATCH;
    }

    /// @param read what is read is added here, whatever becomes of it
    /// @return how many, parked ones too
    private int read(int limit, List<StatusReported> read) {
        transaction.executeWithoutResult(_ -> {
            read.addAll(events.dueStatuses(limit));
            apply(read);
        });
        return read.size();
    }

    private void apply(List<StatusReported> reports) {
        if (reports.isEmpty()) {
            return;
        }
        var found = find(reports);
        var wamids = new LinkedHashMap<UUID, String>();
        found.forEach(one -> wamids.put(one.match().attemptId(), one.report().wamid()));
        var news = attempts.accepted(wamids);
        var failed = lives.move(found.stream()
                .flatMap(one -> meaningOf(one.report(), one.match()).stream())
                .toList());
        recipients.note(found, failed);
        var applied = found.stream().map(one -> one.report().id()).collect(toSet());
        events.applied(applied);
        park(reports.stream().filter(one -> !applied.contains(one.id())).toList());
        events.wake(news);
    }

    private void park(List<StatusReported> unmatched) {
        if (unmatched.isEmpty()) {
            return;
        }
        events.park(unmatched.stream().map(StatusReported::id).toList());
        attempts.ofAnotherNumber(unmatched)
                .forEach((attempt, number) -> alerts.raise(
                        Kind.FOREIGN_REPORT,
                        attempt.toString(),
                        "A signed report from business number %s names this attempt of another one".formatted(number)));
    }

    /// The reports whose attempt is known, by attempt, so that two nodes lock attempts in the same order. Should two
    /// attempts claim one wamid, or two wamids one attempt, the first report decides; the others are parked.
    private List<Found> find(List<StatusReported> reports) {
        var matches = attempts.matching(reports).stream().collect(toMap(Match::eventId, Function.identity()));
        var owners = new HashMap<Wamid, UUID>();
        var wamids = new HashMap<UUID, String>();
        var found = new ArrayList<Found>();
        for (var report : reports) {
            var match = matches.get(report.id());
            if (match != null
                    && isFirst(owners, new Wamid(report.phoneNumberId(), report.wamid()), match.attemptId())
                    && isFirst(wamids, match.attemptId(), report.wamid())) {
                found.add(new Found(report, match));
            }
        }
        found.sort(Comparator.comparing(one -> one.match().attemptId()));
        return found;
    }

    private static <K, V> boolean isFirst(HashMap<K, V> known, K key, V value) {
        var first = known.putIfAbsent(key, value);
        return first == null || first.equals(value);
    }

    /// Whatever a webhook reports of a message, it proves that WhatsApp accepted it.
    private static List<Event> meaningOf(StatusReported report, Match match) {
        var accepted = new Event(match.messageId(), new Happening.Accepted(report.wamid(), report.at()));
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
