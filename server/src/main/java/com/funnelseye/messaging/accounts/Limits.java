package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.accounts.Rates.Kind;
import com.funnelseye.messaging.accounts.Rates.Rate;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Service;

/// How often an account may call and send, over all nodes together. The tokens are in the database; a node takes a
/// batch of them and then asks nobody until it is used up. Tokens come from nowhere else, so in any time `t` all
/// nodes together let through at most burst + rate × t, and of each node what it had left of one batch.
@Service
public class Limits {

    private static final int CALLS_AT_A_TIME = 20;
    private static final int SENDS_AT_A_TIME = 10;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_REMEMBERED = 20_000;

    /// An account that was refused is not asked for again so soon, however often it calls.
    private static final Duration DEAF = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private record Key(UUID account, Kind kind) {}

    private final Rates rates;
    private final Rate calls;
    private final Rate sends;
    private final Cache<Key, Purse> purses = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterAccess(MINUTE)
            .build();

    Limits(Rates rates, LimitSettings settings) {
        this.rates = rates;
        this.calls = new Rate(
                Kind.CALLS, settings.callsBurst(), 1, MINUTE.dividedBy(settings.callsPerMinute()), CALLS_AT_A_TIME);
        this.sends =
                new Rate(Kind.SENDS, settings.sendsPerMinute(), settings.sendsPerMinute(), MINUTE, SENDS_AT_A_TIME);
    }

    /// One call of the API.
    void call(UUID account) {
        var wait = purse(account, calls).take();
        if (wait.isPositive()) {
            throw new TooManyCalls(wait);
        }
    }

    /// One message of a coach. Admins' are not limited.
    public void send(Caller caller) {
        if (caller instanceof Caller.Coach coach) {
            var wait = purse(coach.id(), sends).take();
            if (wait.isPositive()) {
                throw new TooManySends(wait);
            }
        }
    }

    private Purse purse(UUID account, Rate rate) {
        return purses.get(new Key(account, rate.kind()), _ -> new Purse(account, rate));
    }

    /// This node's share of an account's tokens.
    private final class Purse {

        private final UUID account;
        private final Rate rate;
        private final ReentrantLock lock = new ReentrantLock();
        private int left;
        private Duration wait = Duration.ZERO;
        private long deafUntil = System.nanoTime();

        Purse(UUID account, Rate rate) {
            this.account = account;
            this.rate = rate;
        }

        /// Only one asks the database. Should that take long, the others do not queue behind it.
        private void requireTurn() {
            try {
                if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new DataAccessResourceFailureException("limits are not known at the moment");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new DataAccessResourceFailureException("interrupted", interrupted);
            }
        }

        /// How long to wait; zero when there was a token.
        Duration take() {
            requireTurn();
            try {
                if (left == 0 && System.nanoTime() >= deafUntil) {
                    var taken = rates.take(account, rate);
                    left = taken.tokens();
                    wait = taken.pause();
                    deafUntil = System.nanoTime() + (wait.compareTo(DEAF) < 0 ? wait : DEAF).toNanos();
                }
                if (left == 0) {
                    return wait;
                }
                left--;
                return Duration.ZERO;
            } finally {
                lock.unlock();
            }
        }
    }
}
