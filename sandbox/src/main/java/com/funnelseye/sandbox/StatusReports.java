package com.funnelseye.sandbox;

import static com.funnelseye.sandbox.Status.DELIVERED;
import static com.funnelseye.sandbox.Status.FAILED;
import static com.funnelseye.sandbox.Status.READ;
import static com.funnelseye.sandbox.Status.SENT;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Plays what happens to an accepted message: each status at its moment, in its order, as a webhook.
final class StatusReports {

    private record Step(
            Status status, Duration after, @Nullable GraphError failure) {}

    private final StatusTiming timing;
    private final Clock clock;
    private final GraphJson json;
    private final Webhooks webhooks;
    private final Timer timer;
    private final Changes changes;
    private final AtomicLong playing = new AtomicLong();

    StatusReports(SandboxOptions options, GraphJson json, Webhooks webhooks, Timer timer, Changes changes) {
        this.timing = options.timing();
        this.clock = options.clock();
        this.json = json;
        this.webhooks = webhooks;
        this.timer = timer;
        this.changes = changes;
    }

    /// The script counts as playing from now on, so that nobody finds the sandbox idle between an answer and its
    /// statuses.
    ///
    /// @return begins it
    Runnable prepare(ChatMessage message, @Nullable Fault fault) {
        if (!timing.automatic()) {
            return () -> {};
        }
        playing.incrementAndGet();
        return () -> play(message, script(fault), 0, System.nanoTime());
    }

    /// Messages whose script is not over yet.
    long playing() {
        return playing.get();
    }

    void report(ChatMessage message, Status status, @Nullable GraphError failure) {
        var acceptance = message.acceptance();
        if (acceptance == null) {
            throw new IllegalArgumentException("Only messages of the business have a status");
        }
        message.reach(status, failure);
        changes.bump();
        var body = json.status(message, acceptance, status, clock.instant(), failure);
        webhooks.add(message.lane(), status.word(), message.wamid(), body);
    }

    private void play(ChatMessage message, List<Step> steps, int from, long begunNanos) {
        for (var index = from; index < steps.size() && !message.scriptStopped(); index++) {
            var step = steps.get(index);
            var wait = step.after().minusNanos(System.nanoTime() - begunNanos);
            if (step.after().isPositive() && wait.isPositive()) {
                var next = index;
                timer.after(wait, () -> play(message, steps, next, begunNanos));
                return;
            }
            report(message, step.status(), step.failure());
        }
        playing.decrementAndGet();
    }

    private List<Step> script(@Nullable Fault fault) {
        return switch (fault) {
            case Fault.FailsLater(var error) -> List.of(new Step(FAILED, timing.delivered(), error));
            case Fault.Statuses(var statuses) -> steps(statuses);
            case null, default -> steps(List.of(SENT, DELIVERED, READ));
        };
    }

    private List<Step> steps(List<Status> statuses) {
        return IntStream.range(0, statuses.size())
                .mapToObj(index -> new Step(statuses.get(index), timing.moment(index), null))
                .toList();
    }
}
