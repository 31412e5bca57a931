package com.funnelseye.messaging.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Tokens of the surrounding platform.
@Component
class PlatformTokens {

    /// What a good token says, and which account it became.
    record Claims(UUID account, Instant expiresAt) {}

    Optional<Claims> verify(StrictJwt token) {
        return Optional.empty();
    }
}
