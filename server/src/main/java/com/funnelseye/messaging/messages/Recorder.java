package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.messages.Results.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Records results in groups: while one group commits, the results that come in meanwhile make up the next. Whoever
/// hands one in returns when it is committed.
@Service
class Recorder {

    /// Results in one transaction.
    static final int MAX_GROUP = 100;

    private static final class Entry {
        private final Outcome outcome;
        private boolean isDone;
        private @Nullable RuntimeException failure;

        Entry(Outcome outcome) {
            this.outcome = outcome;
        }
    }

    private final Results results;
    private final ConcurrentLinkedQueue<Entry> waiting = new ConcurrentLinkedQueue<>();

    /// Held by whoever is recording; it guards the fields of all entries.
    private final ReentrantLock recording = new ReentrantLock();

    Recorder(Results results) {
        this.results = results;
    }

    void record(Outcome outcome) {
        var entry = new Entry(outcome);
        waiting.add(entry);
        recording.lock();
        try {
            while (!entry.isDone) {
                record(nextGroup());
            }
            if (entry.failure != null) {
                throw entry.failure;
            }
        } finally {
            recording.unlock();
        }
    }

    private List<Entry> nextGroup() {
        var group = new ArrayList<Entry>();
        for (var next = waiting.poll(); next != null; next = group.size() < MAX_GROUP ? waiting.poll() : null) {
            group.add(next);
        }
        return group;
    }

    /// One bad result must not take the others with it: should a group fail, each is recorded by itself.
    private void record(List<Entry> group) {
        try {
            results.record(group.stream().map(entry -> entry.outcome).toList());
            group.forEach(entry -> entry.isDone = true);
        } catch (RuntimeException failure) {
            group.forEach(entry -> recordAlone(entry, group.size() == 1 ? failure : null));
        }
    }

    private void recordAlone(Entry entry, @Nullable RuntimeException known) {
        entry.failure = known;
        entry.isDone = true;
        if (known == null) {
            try {
                results.record(List.of(entry.outcome));
            } catch (RuntimeException failure) {
                entry.failure = failure;
            }
        }
    }
}
