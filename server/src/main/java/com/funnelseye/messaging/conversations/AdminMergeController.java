package com.funnelseye.messaging.conversations;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.conversations.MergeController.MergeRequest;
import com.funnelseye.messaging.conversations.Merges.MergeList;
import com.funnelseye.messaging.http.Reply;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/contacts/{id}")
class AdminMergeController {

    private final Merges merges;

    AdminMergeController(Merges merges) {
        this.merges = merges;
    }

    @GetMapping("/merges")
    Reply<MergeList> list(Admin admin, @PathVariable UUID id) {
        return Reply.of(merges.view(admin, id));
    }

    @PostMapping("/merge")
    Reply<Merge> merge(Admin admin, @PathVariable UUID id, @RequestBody MergeRequest request) {
        return Reply.of("Contacts merged", merges.merge(admin, id, request.mergeWith()));
    }

    @PostMapping("/merges/{mergeId}/undo")
    Reply<Merge> undo(Admin admin, @PathVariable UUID id, @PathVariable UUID mergeId) {
        return Reply.of("Merge undone", merges.undo(admin, id, mergeId));
    }
}
