package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.bulk.Recipient.Status;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which recipients are asked for: by what a bulk counts, or by one status of a message.
enum RecipientGroup {
    SUCCESSFUL(Status.SENT, Status.DELIVERED, Status.READ),
    FAILED(Status.FAILED),
    SKIPPED(Status.SKIPPED),
    PENDING(Status.QUEUED, Status.SENDING),
    UNCONFIRMED(Status.UNCONFIRMED),
    CANCELLED(Status.CANCELLED),
    QUEUED(Status.QUEUED),
    SENDING(Status.SENDING),
    SENT(Status.SENT),
    DELIVERED(Status.DELIVERED),
    READ(Status.READ);

    private final Set<Status> statuses;

    RecipientGroup(Status first, Status... others) {
        this.statuses = EnumSet.of(first, others);
    }

    boolean includes(Recipient recipient) {
        return statuses.contains(recipient.status());
    }

    /// Null asks for all.
    static String[] names(@Nullable RecipientGroup wanted) {
        var statuses = wanted == null ? EnumSet.allOf(Status.class) : wanted.statuses;
        return statuses.stream().map(Enum::name).toArray(String[]::new);
    }

}
