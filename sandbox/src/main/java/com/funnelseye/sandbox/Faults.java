package com.funnelseye.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which fault meets the next message: injected for its recipient, then injected for anyone, then every n-th, then the
/// magic numbers'.
final class Faults {

    /// Recipients with faults of their own; a limit only so that nothing grows without end.
    private static final int MOST_RECIPIENTS = 10_000;

    private static final class Charge {
        private final Fault fault;
        private int left;

        Charge(Fault fault, int times) {
            this.fault = fault;
            this.left = times;
        }
    }

    private record EveryNth(int nth, Fault fault) {}

    private final Deque<Charge> forAnyone = new ArrayDeque<>();
    private final Map<String, Deque<Charge>> forRecipient = new HashMap<>();
    private final Map<MagicNumber, Long> magicSends = new EnumMap<>(MagicNumber.class);
    private @Nullable EveryNth everyNth;
    private long counted;

    synchronized void inject(@Nullable String recipient, int times, Fault fault) {
        if (times < 1) {
            throw new IllegalArgumentException("A fault happens at least once");
        }
        if (recipient == null) {
            forAnyone.add(new Charge(fault, times));
            return;
        }
        if (forRecipient.size() >= MOST_RECIPIENTS) {
            throw new IllegalStateException("Too many recipients with faults: clear them first");
        }
        forRecipient.computeIfAbsent(recipient, any -> new ArrayDeque<>()).add(new Charge(fault, times));
    }

    synchronized void injectEvery(int nth, Fault fault) {
        if (nth < 1) {
            throw new IllegalArgumentException("Every n-th needs n of 1 or more");
        }
        everyNth = new EveryNth(nth, fault);
        counted = 0;
    }

    synchronized void clear() {
        forAnyone.clear();
        forRecipient.clear();
        everyNth = null;
    }

    synchronized Optional<Fault> next(String recipient) {
        var own = forRecipient.get(recipient);
        if (own != null) {
            var fault = take(own);
            if (own.isEmpty()) {
                forRecipient.remove(recipient);
            }
            return Optional.of(fault);
        }
        if (!forAnyone.isEmpty()) {
            return Optional.of(take(forAnyone));
        }
        var every = everyNth;
        if (every != null && ++counted % every.nth() == 0) {
            return Optional.of(every.fault());
        }
        return MagicNumber.of(recipient).flatMap(magic -> magic.faultOf(magicSends.merge(magic, 1L, Long::sum)));
    }

    private static Fault take(Deque<Charge> charges) {
        var charge = charges.getFirst();
        if (charge.left != Integer.MAX_VALUE && --charge.left == 0) {
            charges.removeFirst();
        }
        return charge.fault;
    }
}
