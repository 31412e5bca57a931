package com.funnelseye.messaging.whatsapp;

/// What came of telling WhatsApp that a message was read. Telling it twice does no harm, so doubt means [#TRY_LATER].
public enum MarkReadResult {
    DONE,
    TRY_LATER,
    /// WhatsApp will never take it: the message is too old or not known there.
    REFUSED
}
