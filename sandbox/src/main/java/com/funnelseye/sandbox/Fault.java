package com.funnelseye.sandbox;

import java.time.Duration;
import java.util.List;

/// What goes wrong with one valid message. The request is always checked first, so a fault never hides a mistake in it.
public sealed interface Fault {

    /// Refused with a Graph error; nothing was accepted.
    record Refused(GraphError error) implements Fault {}

    /// Accepted; a `failed` webhook follows.
    record FailsLater(GraphError error) implements Fault {}

    /// Accepted; exactly these statuses follow, in this order. Empty: none ever.
    record Statuses(List<Status> statuses) implements Fault {
        public Statuses {
            statuses = List.copyOf(statuses);
            if (statuses.contains(Status.FAILED)) {
                throw new IllegalArgumentException("A failure needs its error: use FailsLater");
            }
        }
    }

    /// The TCP connection is reset.
    record Reset(boolean accepted) implements Fault {}

    /// No answer until the caller gives up or the sandbox closes.
    record Silence(boolean accepted) implements Fault {}

    /// An HTML page as Meta's edge sends it.
    record Html(int httpStatus, boolean accepted) implements Fault {}

    /// Accepted; the webhooks set out at once, the answer only after the delay.
    record Slow(Duration delay) implements Fault {}

    /// Accepted; the answer is 200 with half of its JSON.
    record Truncated() implements Fault {}

    static Fault refused(int code) {
        return new Refused(GraphError.of(code));
    }

    static Fault failsLater(int code) {
        return new FailsLater(GraphError.of(code));
    }

    static Fault statuses(Status... statuses) {
        return new Statuses(List.of(statuses));
    }
}
