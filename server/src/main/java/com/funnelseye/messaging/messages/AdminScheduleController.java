package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.messages.Schedule.Scheduled;
import com.funnelseye.messaging.messages.Schedule.ScheduledPage;
import com.funnelseye.messaging.messages.ScheduleController.ChangeRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/scheduled")
class AdminScheduleController {

    private final Schedule schedule;

    AdminScheduleController(Schedule schedule) {
        this.schedule = schedule;
    }

    @GetMapping
    Reply<ScheduledPage> list(Admin admin, Page page, @RequestParam(required = false) @Nullable UUID coachId) {
        return Reply.of(schedule.list(new Scope.Everyone(coachId), page));
    }

    @PutMapping("/{messageId}")
    Reply<Scheduled> change(Admin admin, @PathVariable UUID messageId, @RequestBody ChangeRequest request) {
        return Reply.of("Message rescheduled", schedule.change(admin, messageId, request.text(), request.time()));
    }

    @DeleteMapping("/{messageId}")
    Reply<Message> cancel(Admin admin, @PathVariable UUID messageId) {
        return Reply.of("Message cancelled", schedule.cancel(admin, messageId));
    }
}
