package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.http.IdempotencyKey;
import com.funnelseye.messaging.http.IdempotencyKey.Hashes;
import com.funnelseye.messaging.messages.IdempotencyKeyRepository.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Lets a request that may come twice do its work once. The key's row is written in the transaction of what the
/// request makes, so there is never one without the other: a refused request leaves neither, and one whose answer was
/// lost finds what it made.
@Service
public class IdempotencyKeys {

    /// What a request with a key makes.
    public interface Made {
        UUID id();
    }

    private record MadeLane(UUID id) implements Made {}

    static final Duration KEPT = Duration.ofDays(7);

    /// How long a request waits for another with its key before it is refused. It holds no connection meanwhile.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final int CLEARED_AT_ONCE = 1000;

    private final IdempotencyKeyRepository repository;
    private final TransactionTemplate transaction;
    private final Clock clock;

    IdempotencyKeys(IdempotencyKeyRepository repository, PlatformTransactionManager transactions, Clock clock) {
        this.repository = repository;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /// A message: made by `first`, or, when a request with this key has made it before, found by `again`.
    public <T extends Made> T message(Caller caller, IdempotencyKey key, Supplier<T> first, Function<UUID, T> again) {
        return once(Kind.MESSAGE, caller, key, first, again);
    }

    /// A lane with its messages, in the same way.
    public UUID lane(Caller caller, IdempotencyKey key, Supplier<UUID> first) {
        return once(Kind.LANE, caller, key, () -> new MadeLane(first.get()), MadeLane::new)
                .id();
    }

    private <T extends Made> T once(
            Kind kind, Caller caller, IdempotencyKey key, Supplier<T> first, Function<UUID, T> again) {
        var hashes = key.hashes();
        if (hashes == null) {
            return first.get();
        }
        for (var until = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < until; glance()) {
            var made = transaction.execute(_ -> repository.hold(caller.id(), hashes)
                    ? Optional.of(held(kind, caller, key, hashes, first, again))
                    : Optional.<T>empty());
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw new KeyInUse();
    }

    private <T extends Made> T held(
            Kind kind, Caller caller, IdempotencyKey key, Hashes hashes, Supplier<T> first, Function<UUID, T> again) {
        var now = clock.instant();
        var earlier = repository.find(caller.id(), hashes, now.minus(KEPT));
        if (earlier.isEmpty()) {
            var made = first.get();
            repository.keep(kind, caller.id(), hashes, made.id(), now);
            return made;
        }
        var kept = earlier.get();
        if (kept.kind() != kind || !kept.requestHash().equals(hashes.request())) {
            throw new KeyOfAnotherRequest();
        }
        key.replayed();
        return again.apply(kept.id());
    }

    /// Forgets keys that are old enough.
    int clear() {
        return repository.clear(clock.instant().minus(KEPT), CLEARED_AT_ONCE);
    }

    private static void glance() {
        LockSupport.parkNanos(GLANCE.toNanos());
    }
}
