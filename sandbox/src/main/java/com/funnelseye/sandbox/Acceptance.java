package com.funnelseye.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message that was accepted, whether or not its sender ever saw the answer: the ground truth of a run.
///
/// @param number counts the acceptances of this sandbox from 1
/// @param to the recipient's digits (wa_id)
/// @param text the words, or a file's caption; empty when there are none
/// @param link where a file is to be fetched from
/// @param callbackData the request's `biz_opaque_callback_data`
/// @param quoting the wamid the message answers
/// @param request the body as it came
public record Acceptance(
        long number,
        Instant at,
        String wamid,
        String to,
        String type,
        String text,
        @Nullable String link,
        @Nullable String filename,
        @Nullable String callbackData,
        @Nullable String quoting,
        String request) {}
