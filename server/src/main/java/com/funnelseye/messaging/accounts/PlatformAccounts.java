package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.accounts.Account.Role;
import com.funnelseye.messaging.http.Failure;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Text;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// People of the surrounding platform. Whoever comes the first time gets an account with what her token says; from
/// then on the database says it. An account that has her e-mail address already is not given to her: that address
/// proves nothing to us.
@Component
class PlatformAccounts {

    private static final Logger log = LoggerFactory.getLogger(PlatformAccounts.class);
    private static final int MAX_REMEMBERED = 10_000;
    private static final int MAX_TEXT = 200;
    private static final int MAX_PERMISSIONS = 100;

    private final AuthSettings settings;
    private final AccountRepository repository;
    private final Accounts accounts;

    /// A subject never moves to another account, so this needs no end.
    private final Cache<String, UUID> known =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    PlatformAccounts(AuthSettings settings, AccountRepository repository, Accounts accounts) {
        this.settings = settings;
        this.repository = repository;
        this.accounts = accounts;
    }

    /// Empty for a token that names nobody.
    Optional<UUID> of(JWTClaimsSet claims) {
        var platform = settings.platform();
        if (platform == null) {
            return Optional.empty();
        }
        return text(claims, platform.idClaim()).map(subject -> {
            var remembered = known.getIfPresent(subject);
            var account = remembered != null ? remembered : foundOrAdded(subject, claims, platform);
            known.put(subject, account);
            return account;
        });
    }

    private UUID foundOrAdded(String subject, JWTClaimsSet claims, AuthSettings.Platform platform) {
        return repository
                .ofPlatform(subject)
                .or(() -> accounts.add(null, newcomer(subject, claims, platform)))
                .or(() -> repository.ofPlatform(subject))
                .or(() -> addWithoutEmail(newcomer(subject, claims, platform)))
                .or(() -> repository.ofPlatform(subject))
                .orElseThrow();
    }

    private Optional<UUID> addWithoutEmail(NewAccount newcomer) {
        var added = accounts.add(null, newcomer.withoutEmail());
        added.ifPresent(id -> log.warn("E-mail address of a platform account is somebody else's: account.id={}", id));
        return added;
    }

    private static NewAccount newcomer(String subject, JWTClaimsSet claims, AuthSettings.Platform platform) {
        var role = role(claims.getClaim(platform.roleClaim()));
        var email = text(claims, platform.emailClaim()).map(address -> address.toLowerCase(Locale.ROOT));
        var name = text(claims, platform.nameClaim()).or(() -> email).orElse("Unnamed");
        var permissions =
                role == Role.ADMIN ? permissions(claims.getClaim(platform.permissionsClaim())) : noPermissions();
        return new NewAccount(role, permissions, name, email.orElse(null), null, false, subject, Profile.EMPTY);
    }

    /// Nobody is made a coach or an admin by a role we do not know.
    private static Role role(@Nullable Object claim) {
        return switch (String.valueOf(claim).toLowerCase(Locale.ROOT)) {
            case "coach" -> Role.COACH;
            case "admin" -> Role.ADMIN;
            default ->
                throw new Refusal(
                        HttpStatus.FORBIDDEN,
                        Failure.FORBIDDEN.code(),
                        Failure.FORBIDDEN.message(),
                        Failure.FORBIDDEN.error());
        };
    }

    private static Set<String> noPermissions() {
        return Set.of();
    }

    /// A list, or one text with spaces or commas.
    private static Set<String> permissions(@Nullable Object claim) {
        var names = switch (claim) {
            case Collection<?> list -> list.stream().map(String::valueOf);
            case String text -> Stream.of(text.split("[\\s,]+"));
            case null, default -> Stream.<String>empty();
        };
        return names.filter(name -> name.matches("[A-Za-z0-9_.:-]{1,100}"))
                .limit(MAX_PERMISSIONS)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> text(JWTClaimsSet claims, String claim) {
        return Optional.ofNullable(claims.getClaim(claim))
                .map(String::valueOf)
                .filter(text -> !text.isBlank() && text.length() <= MAX_TEXT && Text.isClean(text));
    }
}
