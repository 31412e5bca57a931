package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.whatsapp.SendResult.Ambiguous;
import com.funnelseye.messaging.whatsapp.SendResult.ChannelDown;
import com.funnelseye.messaging.whatsapp.SendResult.Held;
import com.funnelseye.messaging.whatsapp.SendResult.Later;
import com.funnelseye.messaging.whatsapp.SendResult.Reason;
import com.funnelseye.messaging.whatsapp.SendResult.Rejected;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What each of Meta's error codes means for the message that met it. The HTTP status has no say: Meta's own lists
/// disagree about it. See
/// [error codes](https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes).
final class Verdict {

    private Verdict() {}

    static SendResult on(GraphError error, @Nullable Duration pause) {
        return switch (error.code()) {
            case 2, 131016, 131057, 133000, 133004, 133015 -> new Later(error, Reason.OUTAGE, pause);
            case 4, 17, 80007 -> new Later(error, Reason.QUOTA, pause);
            case 130429 -> new Later(error, Reason.THROUGHPUT, pause);
            case 131056 -> new Later(error, Reason.PAIR, pause);
            case 131048, 131064 -> new Later(error, Reason.SPAM, pause);
            case 132001, 132015, 132016 -> new Held(error);
            case 0, 3, 10, 33, 104, 190, 368, 131005, 131031, 131037, 131042, 131045, 133006, 133010, 134011 ->
                new ChannelDown(error);
            // "Unknown error": it may have been sent all the same.
            case 1, 131000 -> new Ambiguous("WhatsApp failed in an unknown way", error);
            // 131030, a test number's list of allowed recipients, concerns that recipient only.
            default -> isPermission(error.code()) ? new ChannelDown(error) : new Rejected(error);
        };
    }

    private static boolean isPermission(int code) {
        return code >= 200 && code <= 299;
    }
}
