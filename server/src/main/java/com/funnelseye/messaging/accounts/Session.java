package com.funnelseye.messaging.accounts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A request's token, and the account behind it.
///
/// @param login the family of refresh tokens this token came from; null for the platform's own tokens
record Session(Account account, @Nullable UUID login, Instant expiresAt) {}
