package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.bulk.Recipient.Status;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which recipients are asked for: by what a bulk counts, or by one status of a message.
enum RecipientGroup {
    SUCCESSFUL,
    FAILED,
    SKIPPED,
    PENDING,
    UNCONFIRMED,
    CANCELLED,
    QUEUED,
    SENDING,
    SENT,
    DELIVERED,
    READ;

    private Set<Status> statuses() {
        return switch (this) {
            case SUCCESSFUL -> EnumSet.of(Status.SENT, Status.DELIVERED, Status.READ);
            case PENDING -> EnumSet.of(Status.QUEUED, Status.SENDING);
            case FAILED, SKIPPED, UNCONFIRMED, CANCELLED, QUEUED, SENDING, SENT, DELIVERED, READ ->
                EnumSet.of(Status.valueOf(name()));
        };
    }

    boolean includes(Recipient recipient) {
        return statuses().contains(recipient.status());
    }

    /// How many of these a bulk has, if that is what it counts.
    OptionalLong countIn(Bulk bulk) {
        return switch (this) {
            case SUCCESSFUL -> OptionalLong.of(bulk.successful());
            case FAILED -> OptionalLong.of(bulk.failed());
            case SKIPPED -> OptionalLong.of(bulk.skipped());
            case PENDING -> OptionalLong.of(bulk.pending());
            case UNCONFIRMED -> OptionalLong.of(bulk.unconfirmed());
            case CANCELLED -> OptionalLong.of(bulk.cancelled());
            case QUEUED, SENDING, SENT, DELIVERED, READ -> OptionalLong.empty();
        };
    }

    /// Null asks for all.
    static String[] names(@Nullable RecipientGroup wanted) {
        var statuses = wanted == null ? EnumSet.allOf(Status.class) : wanted.statuses();
        return statuses.stream().map(Enum::name).toArray(String[]::new);
    }
}
