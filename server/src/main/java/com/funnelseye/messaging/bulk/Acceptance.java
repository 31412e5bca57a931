package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.messages.Batch;
import com.funnelseye.messaging.messages.Batches;
import com.funnelseye.messaging.messages.Lanes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Makes a bulk of a batch: lane, messages, reserved credits, recipients and the bulk itself commit together, or
/// nothing does.
@Service
class Acceptance {

    private final BulkRepository repository;
    private final Batches batches;
    private final Lanes lanes;
    private final Audit audit;
    private final Clock clock;
    private final int maxRunning;

    Acceptance(
            BulkRepository repository,
            Batches batches,
            Lanes lanes,
            Audit audit,
            Clock clock,
            @Value("${messaging.bulk.max-running-per-coach:10}") int maxRunning) {
        this.repository = repository;
        this.batches = batches;
        this.lanes = lanes;
        this.audit = audit;
        this.clock = clock;
        this.maxRunning = maxRunning;
    }

    @Transactional
    public UUID accept(Batch planned, @Nullable UUID coachId, Job job) {
        var id = Ids.next();
        requireRoom(planned.caller());
        lanes.open(id, coachId, Duration.ofMillis(job.delayMs()), job.scheduledAt());
        var batch = batches.accept(planned, id, job.scheduledAt());
        repository.add(id, coachId, job, batch, clock.instant());
        repository.addRecipients(id, batch.lines());
        note(batch, id, coachId, job);
        return id;
    }

    /// Refused while so many bulks of the coach run.
    void requireRoom(Caller caller) {
        if (caller instanceof Caller.Coach coach) {
            repository.await(coach.id());
            if (lanes.runningOf(coach.id()) >= maxRunning) {
                throw new TooManyBulks(maxRunning);
            }
        }
    }

    private void note(Batch batch, UUID id, @Nullable UUID coachId, Job job) {
        if (batch.caller() instanceof Caller.Admin admin) {
            var after = new HashMap<String, @Nullable Object>();
            after.put("coachId", coachId);
            after.put("parentId", job.parentId());
            after.put("total", batch.lines().size());
            audit.record(admin, "bulk.sent", new Subject("bulk", id), Map.of(), after);
        }
    }
}
