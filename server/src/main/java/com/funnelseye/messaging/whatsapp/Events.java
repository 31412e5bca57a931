package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.whatsapp.EventReader.Unreadable;
import com.funnelseye.messaging.whatsapp.RawEvent.Kind;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.MessageReceived;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.PreferenceChosen;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// What WhatsApp told us, committed before its webhook was answered and read by those who act on it, in their own
/// transaction. Events come twice, late and in any order; whoever reads them must not mind.
@Service
public class Events {

    private static final Logger log = LoggerFactory.getLogger(Events.class);

    private static final int MAX_FAILURES = 10;

    private final EventRepository repository;
    private final Map<Kind, Runnable> bells = new ConcurrentHashMap<>();

    Events(EventRepository repository) {
        this.repository = repository;
    }

    /// Rung after each commit on this node that made reports due. Another node's are found by the workers'
    /// own interval.
    public void onStatus(Runnable bell) {
        bells.put(Kind.STATUS, bell);
    }

    /// As [#onStatus], for messages of customers.
    public void onMessage(Runnable bell) {
        bells.put(Kind.MESSAGE, bell);
    }

    /// As [#onStatus], for choices of people about marketing.
    public void onPreference(Runnable bell) {
        bells.put(Kind.PREFERENCE, bell);
    }

    /// New events of these kinds are committed.
    void arrived(Set<Kind> kinds) {
        bells.forEach((kind, bell) -> {
            if (kinds.contains(kind)) {
                bell.run();
            }
        });
    }

    /// Due reports, locked until the caller's transaction ends; no two callers get the same.
    @Transactional(propagation = Propagation.MANDATORY)
    public List<StatusReported> dueStatuses(int limit) {
        return due(Kind.STATUS, limit, EventReader::status);
    }

    /// Due messages of customers, as [#dueStatuses].
    @Transactional(propagation = Propagation.MANDATORY)
    public List<MessageReceived> dueMessages(int limit) {
        return due(Kind.MESSAGE, limit, EventReader::message);
    }

    /// Due choices of people about marketing, as [#dueStatuses].
    @Transactional(propagation = Propagation.MANDATORY)
    public List<PreferenceChosen> duePreferences(int limit) {
        return due(Kind.PREFERENCE, limit, EventReader::preference);
    }

    /// Done with: never due again.
    @Transactional(propagation = Propagation.MANDATORY)
    public void applied(Collection<UUID> ids) {
        repository.applied(ids);
    }

    /// Of a message we do not know, or not yet: due again after 1, 2, 4 … 60 seconds; after seven days set aside as
    /// `unmatched`.
    @Transactional(propagation = Propagation.MANDATORY)
    public void park(Collection<UUID> ids) {
        repository.park(ids);
    }

    /// Not to be read again: kept with the reason for an operator to look at.
    @Transactional(propagation = Propagation.MANDATORY)
    public void setAside(UUID id, String problem) {
        log.warn("WhatsApp event set aside: event.id={} {}", id, problem);
        repository.setAside(id, problem);
    }

    /// Applying it failed: due again a little later; after ten failures set aside.
    ///
    /// @param problem why, without any value of the event
    @Transactional
    public void failed(UUID id, String problem) {
        repository.failed(id, problem, MAX_FAILURES);
    }

    /// These messages are known now: what was parked for them becomes due with the caller's commit.
    @Transactional(propagation = Propagation.MANDATORY)
    public void wake(Collection<String> wamids) {
        if (repository.wake(wamids) > 0) {
            ringAfterCommit(EnumSet.of(Kind.STATUS));
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void wake(String wamid) {
        wake(List.of(wamid));
    }

    /// Takes what is personal out of events of somebody who was erased.
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(Collection<UUID> ids) {
        repository.forget(ids);
    }

    /// The same for all that was read of these messages, and all that nobody could read and that mentions the person.
    ///
    /// @param mentions numbers without `+`, and ids, by which WhatsApp names the person
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(Collection<String> wamids, Collection<String> mentions) {
        repository.forget(wamids, mentions);
    }

    /// An unreadable row would otherwise be the first to come up for ever.
    private <T> List<T> due(Kind kind, int limit, Function<StoredEvent, T> reader) {
        var events = new ArrayList<T>();
        for (var stored : repository.due(kind, limit)) {
            try {
                events.add(reader.apply(stored));
            } catch (Unreadable unreadable) {
                setAside(stored.id(), unreadable.problem());
            }
        }
        return events;
    }

    /// For those who made events due themselves.
    void ringAfterCommit(Set<Kind> kinds) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                arrived(kinds);
            }
        });
    }
}
