package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.accounts.Account.Role;
import com.funnelseye.messaging.accounts.AccountChanged.Change;
import com.funnelseye.messaging.http.Ids;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Everyone who may come in.
@Service
public class Accounts {

    private final AccountRepository repository;
    private final Passwords passwords;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;

    Accounts(
            AccountRepository repository,
            Passwords passwords,
            TransactionOperations transaction,
            ApplicationEventPublisher events) {
        this.repository = repository;
        this.passwords = passwords;
        this.transaction = transaction;
        this.events = events;
    }

    /// Empty for an admin as for nobody at all.
    public Optional<CoachCard> coach(UUID id) {
        return repository.coach(id).map(CoachCard::of);
    }

    /// Makes her at the first call; later ones change nothing. Returns her id.
    public UUID ensureCoach(String name, String email, String password, Profile profile) {
        return ensure(
                email,
                address -> NewAccount.coach(name, address, passwords.hash(password), false, Fields.profile(profile)));
    }

    /// An admin without the permission `whatsapp_management` (or `super_admin`) can log in, and nothing else.
    public UUID ensureAdmin(String name, String email, String password, Set<String> permissions) {
        return ensure(email, address -> NewAccount.admin(name, address, passwords.hash(password), false, permissions));
    }

    /// Empty if the e-mail address or the platform's subject is already somebody's. All that has to come with an
    /// account joins this transaction by [CoachJoined].
    Optional<UUID> add(@Nullable UUID actor, NewAccount account) {
        var id = Ids.next();
        return Boolean.TRUE.equals(transaction.execute(_ -> added(actor, id, account)))
                ? Optional.of(id)
                : Optional.empty();
    }

    private boolean added(@Nullable UUID actor, UUID id, NewAccount account) {
        if (!repository.add(id, account)) {
            return false;
        }
        if (account.role() == Role.COACH) {
            events.publishEvent(new CoachJoined(id));
        }
        events.publishEvent(AccountChanged.by(actor, id, Change.CREATED));
        return true;
    }

    private UUID ensure(String email, java.util.function.Function<String, NewAccount> account) {
        var address = email.toLowerCase(Locale.ROOT);
        return repository
                .withEmail(address)
                .map(Account::id)
                .or(() -> add(null, account.apply(address)))
                .or(() -> repository.withEmail(address).map(Account::id))
                .orElseThrow();
    }
}
