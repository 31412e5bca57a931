package com.funnelseye.messaging.conversations;

import java.util.UUID;

/// Published in the transaction that erases a contact: whoever keeps something personal of her beside the contact, her
/// messages and WhatsApp's events takes it away in the same transaction.
public record ContactErased(UUID contactId) {}
