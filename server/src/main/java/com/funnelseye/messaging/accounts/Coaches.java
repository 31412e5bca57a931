package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.accounts.Account.Status;
import com.funnelseye.messaging.accounts.AccountChanged.Change;
import com.funnelseye.messaging.http.Refusal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/// What an admin does with coaches.
@Service
class Coaches {

    private final Accounts accounts;
    private final AccountRepository repository;
    private final Passwords passwords;
    private final Sessions sessions;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;

    /// @param oneTimePassword shown once, and never again; null if the admin chose one
    record Added(Account coach, @Nullable String oneTimePassword) {}

    Coaches(
            Accounts accounts,
            AccountRepository repository,
            Passwords passwords,
            Sessions sessions,
            TransactionOperations transaction,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.repository = repository;
        this.passwords = passwords;
        this.sessions = sessions;
        this.transaction = transaction;
        this.events = events;
    }

    Added add(UUID admin, String name, String email, @Nullable String password, Profile profile) {
        var oneTime = password == null ? passwords.oneTime() : null;
        var hash = passwords.hash(password == null ? passwordOf(oneTime) : password);
        var coach = NewAccount.coach(name, email, hash, oneTime != null, profile);
        var id = accounts.add(admin, coach).orElseThrow(EmailTaken::new);
        return new Added(repository.coach(id).orElseThrow(), oneTime);
    }

    @Transactional
    Account edit(UUID admin, UUID id, CoachEdit edit) {
        var before = repository.lockedCoach(id).orElseThrow(Coaches::unknown);
        var after = edit.of(before);
        try {
            repository.update(after);
        } catch (DuplicateKeyException taken) {
            throw new EmailTaken();
        }
        var fields = CoachEdit.changed(before, after);
        if (!fields.isEmpty()) {
            events.publishEvent(new AccountChanged(admin, id, Change.EDITED, fields, null));
        }
        if (before.status() != after.status()) {
            events.publishEvent(AccountChanged.by(
                    admin, id, after.status() == Status.SUSPENDED ? Change.SUSPENDED : Change.ACTIVATED));
        }
        return after;
    }

    /// Lets her send, or only read. Saying what is so already changes nothing.
    @Transactional
    Account stand(UUID admin, UUID id, Status status, @Nullable String reason) {
        var before = repository.lockedCoach(id).orElseThrow(Coaches::unknown);
        if (before.status() == status) {
            return before;
        }
        var after = new CoachEdit(null, null, Profile.EMPTY, status).of(before);
        repository.update(after);
        var change = status == Status.SUSPENDED ? Change.SUSPENDED : Change.ACTIVATED;
        events.publishEvent(AccountChanged.by(admin, id, change, reason));
        return after;
    }

    /// She is logged out everywhere: whoever asks for this may fear that someone else is in.
    String resetPassword(UUID admin, UUID id) {
        var coach = repository.coach(id).orElseThrow(Coaches::unknown);
        if (coach.email() == null) {
            throw Refusal.invalid("email", "A coach without an e-mail address has no password");
        }
        var oneTime = passwords.oneTime();
        var hash = passwords.hash(oneTime);
        transaction.executeWithoutResult(_ -> {
            repository.setPassword(id, hash, true);
            sessions.endOthers(id, null);
            events.publishEvent(AccountChanged.by(admin, id, Change.PASSWORD_RESET));
        });
        return oneTime;
    }

    private static String passwordOf(@Nullable String oneTime) {
        return Optional.ofNullable(oneTime).orElseThrow();
    }

    private static Refusal unknown() {
        return Refusal.notFound("Coach");
    }
}
