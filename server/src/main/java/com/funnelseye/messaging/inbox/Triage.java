package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.accounts.Accounts;
import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.conversations.Assignments;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.inbox.Ownership.CoachName;
import java.util.HashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// An admin decides whose a conversation is.
@Service
class Triage {

    /// @param contactId the thread its messages are in from now on
    /// @param merged whether they were added to a thread the coach already had
    record Assigned(UUID contactId, CoachName coach, boolean merged) {}

    private final Assignments assignments;
    private final Accounts accounts;
    private final Audit audit;

    Triage(Assignments assignments, Accounts accounts, Audit audit) {
        this.assignments = assignments;
        this.accounts = accounts;
        this.audit = audit;
    }

    @Transactional
    public Assigned assign(Admin admin, UUID contactId, UUID coachId) {
        var coach = accounts.coach(coachId).orElseThrow(() -> Refusal.notFound("Coach"));
        var moved = assignments.assign(contactId, coachId);
        var before = new HashMap<String, @Nullable UUID>();
        before.put("contactId", contactId);
        before.put("coachId", moved.from());
        var after = new HashMap<String, @Nullable UUID>();
        after.put("contactId", moved.contactId());
        after.put("coachId", coachId);
        audit.record(admin, "conversation.assigned", new Subject("conversation", moved.contactId()), before, after);
        return new Assigned(moved.contactId(), new CoachName(coach.id(), coach.name()), moved.merged());
    }
}
