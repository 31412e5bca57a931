package com.funnelseye.messaging.whatsapp;

/// What came of telling WhatsApp that a message was read. Telling it twice does no harm, so doubt means [TryLater].
public sealed interface MarkReadResult {

    record Done() implements MarkReadResult {}

    record TryLater(String cause) implements MarkReadResult {}

    /// WhatsApp will never take it: the message is too old or not known there.
    record Refused(GraphError error) implements MarkReadResult {}
}
