package com.funnelseye.messaging.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionalEventListener;

/// From a token to who sends it. The token names a person; what she may do is read from the database and remembered
/// for at most [#MEMORY], so that a suspension reaches every node within that time.
@Service
public class Callers {

    private static final Duration MEMORY = Duration.ofSeconds(20);
    private static final int MAX_REMEMBERED = 10_000;

    private final AccessTokens tokens;
    private final PlatformTokens platform;
    private final AccountRepository accounts;
    private final Cache<Name, Account> known = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MEMORY)
            .build();

    /// A caller, and when her token ends: a connection that outlives it must be closed.
    public record Verified(Caller caller, Instant expiresAt) {}

    private record Name(UUID account, @Nullable UUID login) {}

    Callers(AccessTokens tokens, PlatformTokens platform, AccountRepository accounts) {
        this.tokens = tokens;
        this.platform = platform;
        this.accounts = accounts;
    }

    /// For tokens that do not come in a request's header. Empty for a bad token as for one who is neither a coach nor
    /// an admin.
    public Optional<Verified> of(String token) {
        return session(token)
                .flatMap(
                        session -> session.account().caller().map(caller -> new Verified(caller, session.expiresAt())));
    }

    /// Empty for every fault of the token. When the database is away this fails: nobody is let in on memory alone.
    Optional<Session> session(String token) {
        return StrictJwt.parse(token).flatMap(jwt -> tokens.madeHere(jwt) ? ours(jwt) : platforms(jwt));
    }

    /// The account has changed: the next request reads it anew. Other nodes learn of it when their memory ends.
    void forget(UUID account) {
        known.asMap().keySet().removeIf(name -> name.account().equals(account));
    }

    /// Only once it is committed: before that a request could read, and remember, the old row.
    @TransactionalEventListener
    void changed(AccountChanged change) {
        forget(change.account());
    }

    private Optional<Session> ours(StrictJwt jwt) {
        return tokens.verify(jwt).flatMap(claims -> session(claims.account(), claims.login(), claims.expiresAt()));
    }

    private Optional<Session> platforms(StrictJwt jwt) {
        return platform.verify(jwt).flatMap(claims -> session(claims.account(), null, claims.expiresAt()));
    }

    private Optional<Session> session(UUID id, @Nullable UUID login, Instant expiresAt) {
        return standing(new Name(id, login)).map(account -> new Session(account, login, expiresAt));
    }

    /// Read outside the cache's locks: a virtual thread waiting for a connection must not hold one.
    private Optional<Account> standing(Name name) {
        var remembered = known.getIfPresent(name);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        var read = accounts.standing(name.account(), name.login());
        read.ifPresent(account -> known.put(name, account));
        return read;
    }
}
