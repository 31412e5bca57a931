package com.funnelseye.messaging.whatsapp;

import static java.util.stream.Collectors.toSet;

import com.funnelseye.messaging.whatsapp.RawEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;

/// Stores what webhooks bring. While one transaction commits the next requests gather, and share the next one: each is
/// answered only after the commit its events are in.
final class Intake implements AutoCloseable {

    /// Two at once keep the disk busy while the next batch is put together.
    private static final int WRITERS = 2;

    private static final int MAX_EVENTS = 2_000;

    /// Bodies waiting to be stored; beyond it Meta is asked to come again.
    private static final int MAX_WAITING_BYTES = 64 * 1024 * 1024;

    private static final long PATIENCE_SECONDS = 5;

    private record Arrival(List<RawEvent> events, CompletableFuture<Void> stored) {}

    private final EventRepository repository;
    private final Consumer<Set<Kind>> bell;
    private final BlockingQueue<Arrival> waiting = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MAX_WAITING_BYTES);
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean open = true;

    /// @param repository whose statements are transactions of their own
    /// @param bell rung after each commit, for the kinds it brought
    Intake(EventRepository repository, Consumer<Set<Kind>> bell) {
        this.repository = repository;
        this.bell = bell;
        for (var n = 1; n <= WRITERS; n++) {
            writers.add(Thread.ofPlatform().daemon().name("webhooks-" + n).start(this::write));
        }
    }

    /// Returns once the events are committed.
    ///
    /// @throws DataAccessException when they are not, or nobody knows
    void store(List<RawEvent> events, int bytes) {
        try {
            if (!room.tryAcquire(bytes, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new DataAccessResourceFailureException("too many webhooks at once");
            }
            try {
                var arrival = new Arrival(events, new CompletableFuture<>());
                waiting.add(arrival);
                arrival.stored().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } finally {
                room.release(bytes);
            }
        } catch (ExecutionException failure) {
            throw new DataAccessResourceFailureException("webhook not stored", failure.getCause());
        } catch (TimeoutException late) {
            throw new DataAccessResourceFailureException("webhook not stored in time", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DataAccessResourceFailureException("server is stopping", interrupted);
        }
    }

    @Override
    public void close() {
        open = false;
        writers.forEach(Thread::interrupt);
    }

    private void write() {
        while (open) {
            try {
                storeTogether(gather());
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private List<Arrival> gather() throws InterruptedException {
        var together = new ArrayList<Arrival>();
        var next = waiting.take();
        var events = 0;
        while (next != null) {
            together.add(next);
            events += next.events().size();
            next = events < MAX_EVENTS ? waiting.poll() : null;
        }
        return together;
    }

    /// Should one webhook hold something the database does not take, the others are stored without it.
    private void storeTogether(List<Arrival> arrivals) {
        var events =
                arrivals.stream().flatMap(arrival -> arrival.events().stream()).toList();
        try {
            repository.add(events);
        } catch (TransientDataAccessException | DataAccessResourceFailureException away) {
            arrivals.forEach(arrival -> arrival.stored().completeExceptionally(away));
            return;
        } catch (RuntimeException failure) {
            var half = arrivals.size() / 2;
            if (half == 0) {
                arrivals.forEach(arrival -> arrival.stored().completeExceptionally(failure));
            } else {
                storeTogether(arrivals.subList(0, half));
                storeTogether(arrivals.subList(half, arrivals.size()));
            }
            return;
        }
        arrivals.forEach(arrival -> arrival.stored().complete(null));
        bell.accept(events.stream().map(RawEvent::kind).collect(toSet()));
    }
}
