package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.whatsapp.GraphError;
import org.jspecify.annotations.Nullable;

/// Why a message failed.
///
/// @param code WhatsApp's error number, or a word of ours such as `EXPIRED`
/// @param title short, as WhatsApp puts it
record Failure(String code, String title, @Nullable String details) {

    static final Failure EXPIRED = new Failure("EXPIRED", "WhatsApp could not be reached in time", null);
    static final Failure WINDOW_CLOSED =
            new Failure("WINDOW_CLOSED", "The 24-hour window closed before the message could go out", null);

    static final Failure ABANDONED = new Failure("ABANDONED", "WhatsApp never said whether it was sent", null);

    static Failure of(@Nullable GraphError error) {
        return error == null
                ? new Failure("0", "WhatsApp gave no reason", null)
                : new Failure(Integer.toString(error.code()), error.title(), error.details());
    }
}
