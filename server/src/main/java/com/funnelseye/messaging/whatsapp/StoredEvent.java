package com.funnelseye.messaging.whatsapp;

import java.time.Instant;
import java.util.UUID;

/// A row of `whatsapp_event` that waits to be read.
record StoredEvent(UUID id, String payload, Instant receivedAt) {}
