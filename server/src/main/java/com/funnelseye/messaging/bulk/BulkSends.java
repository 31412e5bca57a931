package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.credits.CreditAccounts;
import com.funnelseye.messaging.http.IdempotencyKey;
import com.funnelseye.messaging.messages.Batches;
import com.funnelseye.messaging.messages.IdempotencyKeys;
import com.funnelseye.messaging.messages.Patience;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/// Bulks that somebody waits for. The sender does the work; this only accepts, waits and tells.
@Service
class BulkSends {

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final IdempotencyKeys keys;
    private final Batches batches;
    private final Acceptance acceptance;
    private final Retries retries;
    private final Bulks bulks;
    private final BulkRepository repository;
    private final Recipients recipients;
    private final CreditAccounts credits;
    private final int maxContacts;

    BulkSends(
            IdempotencyKeys keys,
            Batches batches,
            Acceptance acceptance,
            Retries retries,
            Bulks bulks,
            BulkRepository repository,
            Recipients recipients,
            CreditAccounts credits,
            @Value("${messaging.bulk.max-contacts:10000}") int maxContacts) {
        this.keys = keys;
        this.batches = batches;
        this.acceptance = acceptance;
        this.retries = retries;
        this.bulks = bulks;
        this.repository = repository;
        this.recipients = recipients;
        this.credits = credits;
        this.maxContacts = maxContacts;
    }

    BulkResult send(Caller caller, BulkRequest request, Patience patience, IdempotencyKey key) {
        var job = request.job();
        var order = request.order(caller, maxContacts);
        var id = keys.lane(caller, key, () -> {
            var batch = batches.requireSendable(order, job.scheduledAt());
            return acceptance.accept(batch, coachOf(caller, request.coachId()), job);
        });
        return awaited(caller, id, patience);
    }

    /// A new bulk for those of this one who failed and can be tried again now.
    BulkResult retryFailed(Caller caller, UUID bulkId, Patience patience, IdempotencyKey key) {
        return awaited(caller, keys.lane(caller, key, () -> retries.retryFailed(caller, bulkId)), patience);
    }

    BulkCheck check(Caller caller, BulkRequest request) {
        var job = request.job();
        var batch = batches.plan(request.order(caller, maxContacts));
        return BulkCheck.of(batch, job, remaining(coachOf(caller, request.coachId())));
    }

    private static @Nullable UUID coachOf(Caller caller, @Nullable UUID coachId) {
        return switch (caller) {
            case Caller.Coach coach -> coach.id();
            case Caller.Admin _ -> coachId;
        };
    }

    private BulkResult awaited(Caller caller, UUID id, Patience patience) {
        await(bulks.byId(caller.scope(), id), patience.atMost());
        var bulk = bulks.byId(caller.scope(), id);
        return BulkResult.of(bulk, recipients.all(id), remaining(bulk.coachId()), progressUrl(caller, id));
    }

    /// Nobody waits for what cannot be finished in time.
    private void await(Bulk bulk, Duration atMost) {
        var until = System.nanoTime() + atMost.toNanos();
        var hopeless = bulk.status() != Bulk.Status.RUNNING
                || new Speed(bulk.delay()).lasting(bulk.pending()).compareTo(atMost) > 0;
        while (!hopeless
                && System.nanoTime() < until
                && !Thread.currentThread().isInterrupted()
                && repository.pending(bulk.bulkId()) > 0) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    private @Nullable Long remaining(@Nullable UUID coachId) {
        return coachId == null ? null : credits.balance(coachId).available();
    }

    private static String progressUrl(Caller caller, UUID id) {
        return switch (caller) {
            case Caller.Coach _ -> "/api/messaging/bulk/" + id;
            case Caller.Admin _ -> "/api/messaging/admin/bulk/" + id;
        };
    }
}
