package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.accounts.Account.Role;
import com.funnelseye.messaging.accounts.AccountChanged.Change;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Admins as an operator makes them. No endpoint does.
@Service
class Admins {

    private final Accounts accounts;
    private final AccountRepository repository;
    private final Passwords passwords;
    private final Sessions sessions;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;

    Admins(
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

    String ensureWithOneTimePassword(String name, String email) {
        var oneTime = passwords.oneTime();
        var hash = passwords.hash(oneTime);
        var admin = NewAccount.admin(Fields.name(name), email, hash, true, FirstAdmin.PERMISSIONS);
        if (accounts.add(null, admin).isEmpty()) {
            replacePassword(email, hash);
        }
        return oneTime;
    }

    private void replacePassword(String email, String hash) {
        var admin = repository
                .withEmail(email)
                .filter(account -> account.role() == Role.ADMIN)
                .orElseThrow(EmailTaken::new);
        transaction.executeWithoutResult(_ -> {
            repository.setPassword(admin.id(), hash, true);
            sessions.endOthers(admin.id(), null);
            events.publishEvent(AccountChanged.by(null, admin.id(), Change.PASSWORD_RESET));
        });
    }
}
