package com.funnelseye.messaging.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.funnelseye.messaging.bulk.Bulk.Status;
import com.funnelseye.messaging.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// What a bulk came to, so far.
///
/// @param results those WhatsApp took
/// @param creditsUsed spent so far
/// @param remainingCredits what can still be spent; null when no one coach is spoken for
/// @param progressUrl where to look how it goes on
record BulkResult(
        long total,
        long successful,
        long failed,
        List<Success> results,
        List<Failed> errors,
        long creditsUsed,
        @Nullable Long remainingCredits,
        long skipped,
        List<Skipped> skippedContacts,
        long pending,
        long unconfirmed,
        long cancelled,
        UUID bulkId,
        Status status,
        String progressUrl) {

    record Success(@Nullable String contact, boolean success, @Nullable UUID messageId) {}

    record Failed(
            @Nullable String contact,
            @Nullable UUID leadId,
            @Nullable String error,
            @Nullable String code,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant retryableAt) {}

    record Skipped(@Nullable String contact, @Nullable String code) {}

    static BulkResult of(Bulk bulk, List<Recipient> recipients, @Nullable Long remainingCredits, String progressUrl) {
        return new BulkResult(
                bulk.total(),
                bulk.successful(),
                bulk.failed(),
                those(recipients, RecipientGroup.SUCCESSFUL).stream()
                        .map(one -> new Success(one.contact(), true, one.messageId()))
                        .toList(),
                those(recipients, RecipientGroup.FAILED).stream()
                        .map(one ->
                                new Failed(one.contact(), one.leadId(), one.error(), one.code(), one.retryableAt()))
                        .toList(),
                bulk.creditsUsed(),
                remainingCredits,
                bulk.skipped(),
                those(recipients, RecipientGroup.SKIPPED).stream()
                        .map(one -> new Skipped(one.contact(), one.code()))
                        .toList(),
                bulk.pending(),
                bulk.unconfirmed(),
                bulk.cancelled(),
                bulk.bulkId(),
                bulk.status(),
                progressUrl);
    }

    private static List<Recipient> those(List<Recipient> recipients, RecipientGroup wanted) {
        return recipients.stream().filter(wanted::includes).toList();
    }

    /// 200 when nothing waits any more, 202 before.
    ResponseEntity<Reply<BulkResult>> reply() {
        return pending == 0
                ? ResponseEntity.ok(Reply.of(
                        "Bulk messages sent. %d successful, %d failed.".formatted(successful, failed), this))
                : ResponseEntity.status(HttpStatus.ACCEPTED)
                        .body(Reply.of("Bulk messages accepted. %d queued.".formatted(pending), this));
    }
}
