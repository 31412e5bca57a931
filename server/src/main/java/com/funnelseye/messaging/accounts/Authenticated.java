package com.funnelseye.messaging.accounts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/// A [Session] in the words of Spring Security. Its only authorities are the two worlds, coach and admin.
final class Authenticated extends AbstractAuthenticationToken {

    static final String COACH = "COACH";
    static final String ADMIN = "ADMIN";

    private final transient Session session;

    Authenticated(Session session) {
        super(authoritiesOf(session));
        this.session = session;
        setAuthenticated(true);
    }

    @Override
    public Session getPrincipal() {
        return session;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public String getName() {
        return session.account().id().toString();
    }

    private static List<GrantedAuthority> authoritiesOf(Session session) {
        return session.account()
                .caller()
                .map(caller -> switch (caller) {
                    case Caller.Coach _ -> AuthorityUtils.createAuthorityList(COACH);
                    case Caller.Admin _ -> AuthorityUtils.createAuthorityList(ADMIN);
                })
                .orElseGet(AuthorityUtils::createAuthorityList);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Authenticated that && session.equals(that.session);
    }

    @Override
    public int hashCode() {
        return session.hashCode();
    }
}
