package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.templates.TemplateToSend;
import org.jspecify.annotations.Nullable;

/// What one contact gets, word by word.
///
/// @param text the words; of media the caption
/// @param template what the words were made from
record Composition(
        MessageType type,
        @Nullable String text,
        @Nullable MediaLink media,
        @Nullable TemplateToSend template) {}
