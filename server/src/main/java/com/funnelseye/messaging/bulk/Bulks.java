package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.messages.CoachSuspended;
import com.funnelseye.messaging.messages.Lanes;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Bulks that are under way or over: looking at them, and holding them up.
@Service
class Bulks {

    record BulkPage(List<Bulk> bulks, Pagination pagination) {}

    private final BulkRepository repository;
    private final Acceptance acceptance;
    private final Lanes lanes;
    private final Audit audit;

    Bulks(BulkRepository repository, Acceptance acceptance, Lanes lanes, Audit audit) {
        this.repository = repository;
        this.acceptance = acceptance;
        this.lanes = lanes;
        this.audit = audit;
    }

    BulkPage list(Scope scope, Page page) {
        return new BulkPage(repository.list(scope, page), page.of(repository.total(scope)));
    }

    /// Refused as not found when it is not within the scope.
    Bulk byId(Scope scope, UUID id) {
        return repository.byId(scope, id).orElseThrow(() -> Refusal.notFound("Bulk"));
    }

    /// Once this has committed, none of its messages is begun. Said twice, it changes nothing.
    @Transactional
    public Bulk pause(Caller caller, UUID id) {
        requireOpen(caller, id, "paused");
        var reason =
                switch (caller) {
                    case Caller.Coach _ -> "Paused by the coach";
                    case Caller.Admin _ -> "Paused by an admin";
                };
        var changed = lanes.pause(id, reason).changed();
        return noted(caller, "bulk.paused", id, changed);
    }

    /// Goes on at its own pace from now.
    @Transactional
    public Bulk resume(Caller caller, UUID id) {
        CoachSuspended.refuse(caller);
        if (requireOpen(caller, id, "resumed").status() == Bulk.Status.PAUSED) {
            acceptance.requireRoom(caller);
        }
        return noted(caller, "bulk.resumed", id, lanes.resume(id).changed());
    }

    /// What waits is taken back and its credit released within seconds; what is on its way to WhatsApp finishes.
    @Transactional
    public Bulk cancel(Caller caller, UUID id) {
        var before = byId(caller.scope(), id);
        if (before.status() == Bulk.Status.COMPLETED) {
            throw new BulkOver("cancelled", before.status());
        }
        return noted(caller, "bulk.cancelled", id, lanes.cancel(id).changed());
    }

    private Bulk requireOpen(Caller caller, UUID id, String verb) {
        var bulk = byId(caller.scope(), id);
        if (bulk.isOver() || bulk.status() == Bulk.Status.CANCELLING) {
            throw new BulkOver(verb, bulk.status());
        }
        return bulk;
    }

    private Bulk noted(Caller caller, String action, UUID id, boolean changed) {
        if (changed && caller instanceof Caller.Admin) {
            audit.record(caller, action, new Subject("bulk", id));
        }
        return byId(caller.scope(), id);
    }
}
