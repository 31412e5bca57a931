package com.funnelseye.messaging.accounts;

import java.util.UUID;

/// A coach has an account now; published inside the transaction that made it, so that what she needs from the start is
/// there with her or not at all.
public record CoachJoined(UUID coachId) {}
