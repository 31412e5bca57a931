package com.funnelseye.messaging.conversations;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.conversations.Merges.MergeList;
import com.funnelseye.messaging.http.Reply;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/contacts/{id}")
class MergeController {

    /// @param mergeWith the contact that becomes part of the one in the path
    record MergeRequest(@Nullable UUID mergeWith) {}

    private final Merges merges;

    MergeController(Merges merges) {
        this.merges = merges;
    }

    @GetMapping("/merges")
    Reply<MergeList> list(Coach coach, @PathVariable UUID id) {
        return Reply.of(merges.list(coach.scope(), id));
    }

    @PostMapping("/merge")
    Reply<Merge> merge(Coach coach, @PathVariable UUID id, @RequestBody MergeRequest request) {
        return Reply.of("Contacts merged", merges.merge(coach, id, request.mergeWith()));
    }

    @PostMapping("/merges/{mergeId}/undo")
    Reply<Merge> undo(Coach coach, @PathVariable UUID id, @PathVariable UUID mergeId) {
        return Reply.of("Merge undone", merges.undo(coach, id, mergeId));
    }
}
