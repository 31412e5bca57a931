package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.accounts.LoginLimit.Attempt;
import com.funnelseye.messaging.accounts.Sessions.Rotation;
import com.funnelseye.messaging.http.Failure;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.http.Refusal;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Coming in, staying in and leaving. Hashing a password takes a while, so none of it holds a connection meanwhile.
@Service
class Logins {

    private final AccountRepository accounts;
    private final Passwords passwords;
    private final LoginLimit limit;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final Callers callers;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;

    /// What a client needs to go on: a token for now, and one to get the next with.
    record Login(String token, RefreshToken refreshToken, long expiresIn, Account account) {}

    Logins(
            AccountRepository accounts,
            Passwords passwords,
            LoginLimit limit,
            Sessions sessions,
            AccessTokens tokens,
            Callers callers,
            TransactionOperations transaction,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.limit = limit;
        this.sessions = sessions;
        this.tokens = tokens;
        this.callers = callers;
        this.transaction = transaction;
        this.events = events;
    }

    Login login(String email, String password, String address) {
        var attempt = new Attempt(email.strip().toLowerCase(Locale.ROOT), address);
        limit.count(attempt);
        var account = accounts.withEmail(attempt.who());
        var hash = accounts.passwordHash(account.map(Account::id).orElse(Ids.NOTHING));
        if (!passwords.match(password, hash)) {
            throw new BadCredentials();
        }
        limit.giveBack(attempt);
        var known = account.orElseThrow(BadCredentials::new);
        return loggedIn(known, sessions.open(known.id()));
    }

    Login refresh(String refreshToken) {
        var presented = RefreshToken.parse(refreshToken).orElseThrow(Logins::unauthorized);
        return switch (sessions.rotate(presented)) {
            case Rotation.Rotated(var account, var next) ->
                loggedIn(accounts.named(account).orElseThrow(Logins::unauthorized), next);
            case Rotation.Refused(var ended) -> {
                Optional.ofNullable(ended).ifPresent(callers::forget);
                throw unauthorized();
            }
        };
    }

    /// The platform's own tokens end when the platform says so.
    void logout(Session session) {
        if (session.login() != null) {
            sessions.end(session.login());
            callers.forget(session.account().id());
        }
    }

    /// Whoever else is logged in with the old password is logged out.
    void changePassword(Session session, String current, String chosen, String address) {
        var id = session.account().id();
        checkCurrent(id, current, address);
        if (current.equals(chosen)) {
            throw Refusal.invalid("newPassword", "The new password must differ from the current one");
        }
        var hash = passwords.hash(Passwords.chosen("newPassword", chosen));
        transaction.executeWithoutResult(_ -> {
            accounts.setPassword(id, hash, false);
            sessions.endOthers(id, session.login());
            events.publishEvent(AccountChanged.by(id, id, AccountChanged.Change.PASSWORD_CHANGED));
        });
    }

    /// A stolen token must not become a way to guess the password.
    private void checkCurrent(UUID id, String current, String address) {
        var attempt = new Attempt(id.toString(), address);
        limit.count(attempt);
        if (!passwords.match(current, accounts.passwordHash(id))) {
            throw Refusal.invalid("currentPassword", "The current password is wrong");
        }
        limit.giveBack(attempt);
    }

    private Login loggedIn(Account account, RefreshToken refreshToken) {
        return new Login(
                tokens.issue(account.id(), refreshToken.login()),
                refreshToken,
                tokens.life().toSeconds(),
                account);
    }

    private static Refusal unauthorized() {
        return new Refusal(
                HttpStatus.UNAUTHORIZED,
                Failure.UNAUTHORIZED.code(),
                Failure.UNAUTHORIZED.message(),
                Failure.UNAUTHORIZED.error());
    }
}
