package com.funnelseye.messaging.messages;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// How far a message is known to have come. Every step takes the least of what is known and what is told, so the order
/// of reports does not matter and repeats change nothing.
///
/// @param wamid one message may have two, should an operator have ordered a resend of one that had been sent after all
record Progress(
        @Nullable String wamid,
        @Nullable Instant acceptedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant readAt,
        @Nullable Instant failedAt,
        @Nullable Failure failure) {

    static final Progress NONE = new Progress(null, null, null, null, null, null);

    Progress accepted(String as, Instant at) {
        var first = wamid == null || as.compareTo(wamid) < 0 ? as : wamid;
        return new Progress(first, least(acceptedAt, at), deliveredAt, readAt, failedAt, failure);
    }

    Progress delivered(Instant at) {
        return new Progress(wamid, acceptedAt, least(deliveredAt, at), readAt, failedAt, failure);
    }

    Progress read(Instant at) {
        return new Progress(wamid, acceptedAt, deliveredAt, least(readAt, at), failedAt, failure);
    }

    /// Of several failures the earliest is kept.
    Progress failed(Instant at, Failure why) {
        return failedAt == null || failure == null || isBefore(at, why, failedAt, failure)
                ? new Progress(wamid, acceptedAt, deliveredAt, readAt, at, why)
                : this;
    }

    /// What we believed to have failed has not.
    Progress withoutFailure() {
        return new Progress(wamid, acceptedAt, deliveredAt, readAt, null, null);
    }

    boolean hasArrived() {
        return deliveredAt != null || readAt != null;
    }

    private static boolean isBefore(Instant at, Failure why, Instant knownAt, Failure known) {
        record Dated(Instant at, Failure why) {}
        return Comparator.comparing(Dated::at)
                        .thenComparing(dated -> dated.why().code())
                        .thenComparing(dated -> dated.why().title())
                        .thenComparing(dated -> String.valueOf(dated.why().details()))
                        .compare(new Dated(at, why), new Dated(knownAt, known))
                < 0;
    }

    private static Instant least(@Nullable Instant known, Instant told) {
        return known == null || told.isBefore(known) ? told : known;
    }
}
