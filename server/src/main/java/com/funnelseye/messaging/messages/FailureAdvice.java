package com.funnelseye.messaging.messages;

import java.time.Duration;

/// What to do about a failed message, by its code.
///
/// @param retryable whether sending the same again may work
/// @param pause before that; zero when there is no need to
record FailureAdvice(String sentence, boolean retryable, Duration pause) {

    /// WhatsApp holds marketing back per person: sooner it would be held back again.
    private static final Duration A_DAY = Duration.ofHours(24);

    FailureAdvice(String sentence, boolean retryable) {
        this(sentence, retryable, Duration.ZERO);
    }

    static FailureAdvice of(String code) {
        return switch (code) {
            case "131026" ->
                new FailureAdvice(
                        "This number cannot receive WhatsApp messages now. Check it, or reach the contact another way.",
                        false);
            case "131047", "WINDOW_CLOSED" ->
                new FailureAdvice(
                        "More than 24 hours have passed since the contact last wrote. Send a template instead.", false);
            case "131049", "130472" ->
                new FailureAdvice(
                        "WhatsApp held this marketing message back. Try again after a day, or wait for the contact to"
                                + " write.",
                        true,
                        A_DAY);
            case "131050" ->
                new FailureAdvice("The contact stopped marketing messages. Do not send more of them.", false);
            case "131051", "131052", "131053" ->
                new FailureAdvice("WhatsApp could not use the file. Send another one.", false);
            case "132000", "132001", "132005", "132007", "132012", "132015", "132016" ->
                new FailureAdvice("The template cannot be sent as it is. Check its approval and its values.", false);
            case "ABANDONED" ->
                new FailureAdvice(
                        "Nobody knows whether the contact got it. Ask, or send it again knowing it may come twice.",
                        true);
            case "EXPIRED" -> new FailureAdvice("WhatsApp could not be reached for too long. Send it again.", true);
            case "100", "131008", "131009" ->
                new FailureAdvice("WhatsApp did not accept the content. Change it and send again.", false);
            default ->
                new FailureAdvice("Send it again later; if it fails again, tell your administrator the code.", true);
        };
    }
}
